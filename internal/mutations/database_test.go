package mutations

const database = "./sim/database"

// databaseMutations are bugs of the database, and of applications that say in Kafka what they did there.
var databaseMutations = []mutation{
	{
		bug:  "what is not committed survives a crash",
		file: "sim/database/database.go",
		old:  "*d = Database{Durable: d.Durable, Config: d.Config, Self: d.Self}",
		new:  "*d = Database{Durable: d.Durable, Config: d.Config, Self: d.Self, Open: d.Open}",
		pkg:  database, run: conversation("crash"),
	},
	{
		bug:  "a transaction that comes again inserts its rows again",
		file: "sim/database/database.go",
		old:  "s.Do == wire.InsertOutbox && row < 0:",
		new:  "s.Do == wire.InsertOutbox:",
		pkg:  database, run: conversation("crash"),
	},
	{
		bug:  "a transaction is answered before its log is flushed",
		file: "sim/database/database.go",
		old:  "	out.SetTimer(sim.Timer{Kind: flushTimer, Key: id}, d.Config.Fsync)",
		new:  "	out.Reply(conn, &wire.TransactResponse{})\n	out.SetTimer(sim.Timer{Kind: flushTimer, Key: id}, d.Config.Fsync)",
		pkg:  database, run: conversation("transaction"),
	},
	{
		bug:  "rows that are marked as sent are found again",
		file: "sim/database/database.go",
		old:  "!o.Sent && o.Topic",
		new:  "o.Topic",
		pkg:  database, run: conversation("transaction"),
	},
	{
		bug:  "a relay marks rows whose send() has failed",
		file: "sim/outbox/relay.go",
		old:  "	case r.Producer.Fed.Failed:\n",
		new:  "	case r.Producer.Fed.Failed && r.Sent < 0:\n",
		pkg:  "./sim/outbox", run: conversation("relay_fails"),
	},
	{
		bug:  "a relay marks rows before the results are there",
		file: "sim/outbox/relay.go",
		old:  "		r.call(r.Producer.Flush, out)\n",
		new:  "",
		pkg:  "./sim/outbox", run: conversation("relay"),
	},
	{
		bug:  "a writer makes its change though send() has failed",
		file: "sim/outbox/writer.go",
		old:  "	case do == await && w.Producer.Fed.Failed:\n",
		new:  "	case do == await && w.Producer.Fed.Failed && w.Work.N < 0:\n",
		pkg:  "./sim/outbox", run: conversation("send_before_commit"),
	},
	{
		bug:  "a writer makes the change at hand again after its restart",
		file: "sim/outbox/writer.go",
		old:  "	w.Durable = d\n",
		new:  "	w.Durable = Durable{max(0, d.Next-1)}\n",
		pkg:  "./sim/outbox", run: conversation("send_after_commit_killed"),
	},
	{
		bug:  "a writer begins the next change while send() is blocked",
		file: "sim/outbox/writer.go",
		old:  "		return w.Producer.Idle()\n",
		new:  "		return true\n",
		pkg:  "./sim/outbox", run: conversation("send_after_commit"),
	},
	{
		bug:  "a message is sent in the transaction of its change",
		file: "sim/outbox/writer.go",
		old:  "	SendAfterCommit:  {commitChange, send},\n",
		new:  "	SendAfterCommit:  {commitBoth, send},\n",
		pkg:  "./sim/outbox", run: conversation("send_after_commit"),
	},
	{
		bug:  "a change that is committed does not owe its message",
		file: "sim/cluster/changes.go",
		old:  "			g.change = made\n",
		new:  "			g.change = notYet\n",
		pkg:  "./sim/cluster", run: "TestTheMomentsAtWhichADualWriteFails",
	},
	{
		bug:  "a row that waits in an outbox is lost",
		file: "sim/cluster/fates.go",
		old:  "ok && !at.waits && ",
		new:  "ok && ",
		pkg:  "./sim/cluster", run: "TestARowThatWaitsIsPending",
	},
	{
		bug:  "whoever was told that send() failed does not miss what is owed",
		file: "sim/cluster/fates.go",
		old:  "		told = unsettled // who has",
		new:  "		f.Unmade = false // who has",
		pkg:  "./sim/cluster", run: "TestWhatIsOwedIsMissed",
	},
	{
		bug:  "what a relay is told is news of nobody's message",
		file: "sim/cluster/ledger.go",
		old:  " || l.Accounts[n.Node-l.First].Relay\n",
		new:  "\n",
		pkg:  "./sim/cluster", run: "TestAKillAtEveryEventOfAnOutbox",
	},
}
