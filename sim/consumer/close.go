package consumer

import "example.com/ksim/sim"

// closeTimeout is how long close() without arguments may take (ConsumerUtils.DEFAULT_CLOSE_TIMEOUT_MS).
const closeTimeout = 30 * sim.Second

// close is a graceful stop: the workers finish, the application makes its own last commit if it makes
// one, then close(): a last auto commit, what is still to be answered, the listener, and good-bye to
// the group (ConsumerCoordinator.close). After an exception nothing is finished first.
func (c *Consumer) close(out *sim.Out) {
	if !c.App.Over && len(c.InHand()) > 0 {
		return
	}
	if c.Config.App.OnClose && !c.App.Parting {
		c.App.Parting = true
		if c.commitByHand(c.chosen(), Sync, out); c.App.State == Committing {
			return
		}
	}
	if c.App.State != InClose {
		c.App.State = InClose
		out.SetTimer(sim.Timer{Kind: closeTimer}, min(closeTimeout, c.Config.Client.RequestTimeout))
		c.callbacks(out)
		if c.Config.AutoCommit && !c.Auto.Flushed {
			c.Auto.Flushed = true
			c.commit(c.autoOffsets(), commitLast, out)
		}
	}
	if len(c.Commits) > 0 || c.Member.Leaving {
		return
	}
	if c.subscribes() && !c.giveUp(c.owned(), c.inGroup(), out) {
		return
	}
	if c.leave(out); !c.Member.Leaving {
		out.Exit()
	}
}

// giveUpClose ends close() when its time is over: it says good-bye if it can, and waits for nothing.
func (c *Consumer) giveUpClose(out *sim.Out) {
	if !c.Member.Leaving {
		c.leave(out)
	}
	out.Exit()
}
