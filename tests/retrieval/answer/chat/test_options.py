"""What an operator decides about the chat model has sensible bounds, and keeps its secret."""

from retrieval.answer.chat.options import ChatOptions, Patience


def test_the_first_token_is_waited_for_no_longer_than_all_of_the_answer() -> None:
    assert Patience(first_token=30.0, whole=120.0).until_first == 30.0
    assert Patience(first_token=30.0, whole=10.0).until_first == 10.0


def test_a_key_is_not_written_into_logs() -> None:
    assert "hush" not in repr(ChatOptions("openai:gpt-4.1-mini", key="hush"))


def test_by_itself_a_model_has_no_budget_and_what_it_makes_up_is_removed() -> None:
    options = ChatOptions("ollama:llama3.2")
    assert (options.budget.in_all, options.budget.for_each) == (None, None)
    assert options.unsupported == "remove"
