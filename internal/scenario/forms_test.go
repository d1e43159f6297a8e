package scenario

import "testing"

// TestSettingsAreWrittenAsTheyAreRead: what a setting says is a text to Kafka, and comes back to the byte.
func TestSettingsAreWrittenAsTheyAreRead(t *testing.T) {
	for _, text := range []string{
		"7", "007", "-7", "+7", "-0", "0", "0x1f", "0o17", "0b11", "1_000", "1e3", "1.50", ".5", "5.", "9223372036854775807",
		"9223372036854775808", "true", "True", "TRUE", "false", "yes", "no", "on", "off", "null", "Null", "~", "",
		".inf", "-.inf", ".nan", "NaN", "2001-01-01", "12:30:45", "1:30", "=", "<<", "a: b", "a:", ":a", "- a", "-",
		"--", "---", "...", "? a", "?", "# a", "a # b", "a#b", "[a]", "{a}", "a,b", "a, b", "*a", "&a", "!a", "!!str a",
		"%a", "@a", "`a`", "'a'", `"a"`, `a"b`, "it's", `\n`, `a\b`, " a", "a ", "a b", "|", ">", "|-", "é", "日本",
		"a\nb", "a\nb\n", "\na", " a\nb", "a\n\n", "\n", "a\tb",
	} {
		d := Document{Title: "x", Producers: []Producer{{ID: "p", Topic: "t",
			Config: Settings{{Name: "transactional.id", Value: text}, {Name: "acks", Value: "1"}}}}}
		out, err := encode(&d)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		r := newReader("x.yaml", out)
		back := r.document()
		if err := r.failed(); err != nil {
			t.Errorf("%q: %v\n%s", text, err, out)
			continue
		}
		if got := back.Producers[0].Config; len(got) != 2 || got[0].Value != text || got[1].Value != "1" {
			t.Errorf("%q comes back as %q\n%s", text, got, out)
		}
	}
}
