package consumer

import "example.com/ksim/sim"

// unpacking is what decompressing the records takes that the next poll() returns. The application's
// thread does it, inside poll() and record by record (CompletedFetch.fetchRecords).
func (c *Consumer) unpacking() sim.Duration {
	took, left := sim.Duration(0), int64(c.Config.MaxPollRecords)
	for i := range c.Parts {
		p := &c.Parts[i]
		for _, b := range p.Buffer {
			n := min(int64(len(b.Records)-b.From(p.Position)), left)
			if n > 0 && !p.passes(b) {
				took += c.Config.Speeds.Unpacking(b.Codec, int64(b.Raw)*n/int64(len(b.Records)))
				left -= n
			}
		}
	}
	return took
}
