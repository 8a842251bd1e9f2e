"""All records of a home, opened and closed together."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from .activity_file import ACTIVITY
from .answer_record import AnswerRecord
from .collection_bindings import CollectionBindings
from .digest_record import DigestRecord
from .gap_record import GapRecord
from .hand_off_record import HandOffRecord
from .knowledge.answer_queue import AnswerQueue
from .knowledge.followed_channels import FollowedChannels
from .knowledge.kept_threads import KeptThreads
from .knowledge.privacy_record import PrivacyRecord
from .question_log import QuestionLog
from .server_settings import SettingsRecord
from .watched_posts import WatchedPosts


@dataclass(frozen=True, slots=True)
class Records:
    """The records: a field for each."""

    questions: QuestionLog
    settings: SettingsRecord
    answers: AnswerRecord
    watched: WatchedPosts
    gaps: GapRecord
    hand_offs: HandOffRecord
    digests: DigestRecord
    privacy: PrivacyRecord
    bindings: CollectionBindings
    followed: FollowedChannels
    kept: KeptThreads
    queue: AnswerQueue


@contextmanager
def open_records(home: Path) -> Iterator[Records]:
    """The records of a home's folder, closed when the block ends.

    Raises FootnoteError where their file can't be opened.
    """
    path = home / ACTIVITY
    with ExitStack() as stack:
        yield Records(
            questions=stack.enter_context(closing(QuestionLog(path))),
            settings=stack.enter_context(closing(SettingsRecord(path))),
            answers=stack.enter_context(closing(AnswerRecord(path))),
            watched=stack.enter_context(closing(WatchedPosts(path))),
            gaps=stack.enter_context(closing(GapRecord(path))),
            hand_offs=stack.enter_context(closing(HandOffRecord(path))),
            digests=stack.enter_context(closing(DigestRecord(path))),
            privacy=stack.enter_context(closing(PrivacyRecord(path))),
            bindings=stack.enter_context(closing(CollectionBindings(path))),
            followed=stack.enter_context(closing(FollowedChannels(path))),
            kept=stack.enter_context(closing(KeptThreads(path))),
            queue=stack.enter_context(closing(AnswerQueue(path))),
        )
