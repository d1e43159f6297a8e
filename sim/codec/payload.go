package codec

import (
	"strconv"

	"example.com/ksim/sim/value"
	"example.com/ksim/sim/wire"
)

// appendValue appends the value of a record: size bytes that depend on nothing but which of its
// producer's messages it is, and the key. A message sent again has the same value, and so have the
// messages of two producers: their batches can be compared.
func appendValue(to []byte, kind wire.Payload, r *wire.Record, size int) []byte {
	end := len(to) + size
	d := dice{value.Seeded.Add(uint64(r.Message.N))}
	n := r.Message.N
	if kind == wire.Same {
		d, n = dice{value.Seeded}, 0
	}
	for len(to) < end {
		switch kind {
		case wire.Text:
			to = append(to, words[d.low(d.low(len(words))+1)]...)
			to = append(to, ' ')
		case wire.Random:
			to = append(to, byte(d.next()))
		default:
			to = appendOrder(to, &d, n, r.Key)
		}
	}
	return to[:end]
}

// appendOrder appends an event of a shop. Values are cut to their size, so a short one ends in
// the middle of an event, and a long one has several.
func appendOrder(to []byte, d *dice, n int32, customer string) []byte {
	if customer == "" {
		customer = "customer-" + strconv.Itoa(1000+d.low(9000))
	}
	to = append(to, `{"orderId":"`...)
	to = appendHex(to, d.next())
	to = append(to, `","number":`...)
	to = strconv.AppendInt(to, 100000+int64(n), 10)
	to = append(to, `,"customer":"`...)
	to = append(to, customer...)
	to = append(to, `","status":"`...)
	to = append(to, [...]string{"CREATED", "PAID", "SHIPPED", "DELIVERED"}[d.low(4)]...)
	to = append(to, `","currency":"EUR","items":[`...)
	for i := range 1 + d.low(3) {
		if i > 0 {
			to = append(to, ',')
		}
		to = append(to, `{"sku":"SKU-`...)
		to = strconv.AppendInt(to, int64(10000+d.low(2000)), 10)
		to = append(to, `","quantity":`...)
		to = strconv.AppendInt(to, int64(1+d.low(5)), 10)
		to = append(to, `,"price":`...)
		to = strconv.AppendInt(to, int64(1+d.low(200)), 10)
		to = append(to, ".99}"...)
	}
	to = append(to, `],"createdAt":"2025-06-0`...)
	to = strconv.AppendInt(to, int64(1+d.low(9)), 10)
	to = append(to, "T1"...)
	to = strconv.AppendInt(to, int64(d.low(10)), 10)
	to = append(to, ':')
	to = strconv.AppendInt(to, int64(10+d.low(50)), 10)
	return append(to, `:00Z"}`...)
}

func appendHex(to []byte, n uint64) []byte {
	for shift := 60; shift >= 0; shift -= 4 {
		to = append(to, "0123456789abcdef"[n>>shift&15])
	}
	return to
}

// dice are the chance inside one value.
type dice struct{ h value.Hash }

func (d *dice) next() uint64 {
	d.h = d.h.Add(1)
	return uint64(d.h)
}

// low is a number below n.
func (d *dice) low(n int) int { return int(d.next() >> 33 % uint64(n)) }

// words are common ones, the most common first: low draws of low draws prefer them.
var words = [...]string{
	"the", "of", "and", "to", "a", "in", "that", "is", "was", "he", "for", "it", "with", "as",
	"his", "on", "be", "at", "by", "had", "not", "are", "but", "from", "or", "have", "they",
	"which", "one", "you", "were", "all", "her", "she", "there", "would", "their", "we", "him",
	"been", "has", "when", "who", "will", "no", "more", "if", "out", "so", "up", "said", "what",
	"its", "about", "than", "into", "them", "can", "only", "other", "time", "new", "some", "could",
	"these", "two", "may", "first", "then", "do", "man", "any", "like", "my", "now", "over", "such",
	"our", "me", "even", "most", "made", "after", "also", "well", "did", "many", "must", "before",
	"back", "see", "through", "way", "where", "get", "much", "go", "good", "know", "never", "people",
	"year", "water", "order", "message", "customer", "payment", "shipment", "warehouse", "tomorrow",
	"yesterday", "important", "government", "question", "business", "different", "possible",
	"service", "problem", "company", "system", "during", "between", "without", "another", "because",
}
