package scenario

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// What all accounts of a sink together can be.
const (
	right = "right"
	wrong = "wrong"
)

// balance reads what the accounts in the sinks must hold.
func (x *expector) balance(n ast.Node, name string) {
	for _, p := range x.r.mapping(n, "a mapping by group") {
		group := wire.GroupID(p.key)
		switch {
		case !x.hasGroup(group):
			x.r.fail(p.at, "unknown group %q", p.key)
			continue
		case cluster.SinkOf(x.world, group) == consumer.Append:
			x.r.fail(p.at, "the sink of %s is a list without accounts: give its process sink: set or"+
				" sink: increment, or expect sink", p.key)
			continue
		}
		name := name + "." + p.key
		if _, word := p.value.(*ast.StringNode); word {
			x.add(p.value, name, x.word(p.value, []string{right, wrong}), func(f *final) string {
				return rightOrWrong(f.survey.Balances(group))
			})
			continue
		}
		for _, q := range x.r.mapping(p.value, "right, wrong, or a mapping by account") {
			x.add(q.value, fmt.Sprintf("%s.%s", name, q.key), x.count(q.value), func(f *final) string {
				return actual(f.survey.Balances(group), q.key)
			})
		}
	}
}

func rightOrWrong(balances []cluster.Balance) string {
	for _, b := range balances {
		if !b.OK() {
			return wrong
		}
	}
	return right
}

func actual(balances []cluster.Balance, account string) string {
	var names []string
	for _, b := range balances {
		if b.Account == account {
			return strconv.FormatInt(b.Actual, 10)
		}
		names = append(names, b.Account)
	}
	return "no such account (there are: " + strings.Join(names, ", ") + ")"
}
