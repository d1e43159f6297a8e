package tui

import (
	"os"
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim/wire"
)

// TestALossIsShownWhereItWasPromised: of two partitions only the one that lost a record says so.
func TestALossIsShownWhereItWasPromised(t *testing.T) {
	source, err := os.ReadFile("testdata/leader-crash.yaml")
	if err != nil {
		t.Fatal(err)
	}
	two := strings.Replace(string(source), "partitions: 1", "partitions: 2, replicas: [[b1, b2, b3], [b1, b2, b3]]", 1)
	s, err := scenario.Read("two.yaml", []byte(two))
	if err != nil {
		t.Fatal(err)
	}
	m := stage(s, look{w: 160, h: 50})
	press(m, "end")
	if got := strings.Count(text(m), "LOST"); got != 1 {
		t.Errorf("%d partitions show a loss:\n%s", got, text(m))
	}
}

// TestLogsScroll looks back into logs that are longer than the screen is wide.
func TestLogsScroll(t *testing.T) {
	m := stage(read(t, "long"), look{w: 120, h: 36})
	press(m, "end esc")
	newest := text(m)
	press(m, "h h h")
	if back := text(m); back == newest || !strings.Contains(back, "3›") {
		t.Errorf("earlier offsets are not shown:\n%s", back)
	}
	press(m, "l l l")
	if text(m) != newest {
		t.Error("going back to the newest offsets shows another screen")
	}
}

// TestTheRiskIsTheBlowThatWouldDoIt: a crash of the only replica leaves its log as it is; a power loss
// takes what is not on disk, and no single blow takes what is. Where somebody may be elected who does
// not have the message, a crash is enough.
func TestTheRiskIsTheBlowThatWouldDoIt(t *testing.T) {
	alone := shipping(t, "p02-retry-reorders")
	press(alone, "end")
	alone.player.message = wire.MessageID{Producer: alone.player.scene.ledger.First, N: 2}
	risk := func(m *model) string { return m.player.scene.risk(m.player.scene.index(m.player.chosen())) }
	if got := risk(alone); got != "one power loss from being lost" {
		t.Errorf("on the only replica, in its page cache: %q", got)
	}
	press(alone, ":")
	hand(alone, keyMsg("40s")) // the operating system writes back after 30 s
	press(alone, "enter")
	if got := risk(alone); got != "" {
		t.Errorf("on the only replica, on its disk: %q", got)
	}
	leads := shot(t, "leader-crash", "] ]", look{w: 120, h: 36}) // acks=1: the followers lack it and may lead
	if got := risk(leads); got != "one crash from being lost" {
		t.Errorf("in the ISR are followers without it: %q", got)
	}
}

// TestAnUncleanElectionIsARisk: whoever is out of sync may lead if the topic allows that.
func TestAnUncleanElectionIsARisk(t *testing.T) {
	for allowed, want := range map[string]string{"true": "one crash from being lost", "false": "one power loss from being lost"} {
		s, err := scenario.Load("claim-unclean-election-loses", nil,
			scenario.Override("orders.unclean.leader.election.enable="+allowed))
		if err != nil {
			t.Fatal(err)
		}
		m := stage(s, look{w: 120, h: 36})
		seen := false
		for !m.player.Ended() {
			press(m, "n")
			for i := range m.player.scene.fates {
				switch m.player.scene.risk(i) {
				case want:
					seen = true
				case "one crash from being lost":
					t.Fatalf("%s: at step %d a crash is said to be enough", allowed, m.player.here().Step)
				}
			}
		}
		if !seen {
			t.Errorf("%s: nothing was ever %s", allowed, want)
		}
	}
}

// TestZooKeeperShowsItsOffsets follows the commits of a consumer of before 0.9, the last of which is a zombie's.
func TestZooKeeperShowsItsOffsets(t *testing.T) {
	m := shipping(t, "c11-zombie-commits-to-zookeeper")
	onceTold(t, m, wire.CommitLowered, "zk")
	wants(t, paneText(m.clusterSheet(120, 40).lines), "ZooKeeper zk g1:orders-0=1")
}
