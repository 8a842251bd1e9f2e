-- The languages of the documents that answer: found from one to the next in an index. Where there are
-- several, that of the most documents comes first, and of those with many the one that came first.
WITH RECURSIVE told (language) AS (
    SELECT min(language) FROM documents WHERE state = 'ready'
    UNION ALL
    SELECT (SELECT min(language) FROM documents WHERE state = 'ready' AND language > told.language)
    FROM told WHERE told.language IS NOT NULL
)
SELECT language FROM told WHERE language IS NOT NULL
ORDER BY CASE WHEN (SELECT count(language) FROM told) > 1 THEN (SELECT count(*) FROM
    (SELECT 1 FROM documents WHERE state = 'ready' AND language = told.language LIMIT 40))
END DESC, (SELECT min(rowid) FROM documents WHERE state = 'ready' AND language = told.language);
