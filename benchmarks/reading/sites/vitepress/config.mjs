import footnote from 'markdown-it-footnote'
import deflist from 'markdown-it-deflist'
import tasks from 'markdown-it-task-lists'

export default {
  title: 'Boat museum',
  ignoreDeadLinks: true,
  markdown: { config: (md) => md.use(footnote).use(deflist).use(tasks) },
}
