// Package sim is the kernel: worlds, and the one way they change.
//
// A World is an immutable value. Enabled lists what may happen next, Apply is what happens if it
// does; everything else (the clock, the searches, a script, a person) is a way of choosing.
// The kernel knows no Kafka: it moves frozen bodies over connections, rings timers, strikes
// faults, and steps nodes, which are plain data with one door.
//
// The words, each with one meaning:
//
//	World     everything there is at one moment, except its past
//	Node      a process: a broker, a controller, a client; changes only in Step and Crash
//	Event     what may happen: a delivery, a timer, a start, or an act
//	Act       an event that the environment or a person causes; a row of the table of acts
//	Fault     an act that costs: a crash, a cut, a pause
//	Link      one TCP connection: FIFO each way, never lossy while it lives
//	Lane      tells apart several connections between the same two nodes
//	Packet    a message in flight
//	Timer     what a node has asked to be told later: pace, patience, work or idle
//	Idle      of a timer or packet: it only says "still here"; leaves the Fingerprint alone
//	Note      what a step told
//	Ledger    what folds notes into what properties must remember (an Observer)
//	Seed      the source of chance: a pure function, never a stream
//	Runner    a run nobody looks back into: the same steps, in place
//	Moment    a world and the event that led to it (package timeline)
//	Finding   a path that breaks a property (package explore)
//
// Say cut, not drop; record, not message, for what a log holds; message for what an application
// wants to say; fate, not status.
package sim
