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
}
