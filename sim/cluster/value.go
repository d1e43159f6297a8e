package cluster

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"example.com/ksim/sim"
)

// Kind is the type of a setting's value.
type Kind uint8

// The types of settings' values.
const (
	Millis Kind = iota // a whole number of milliseconds, or a duration such as "30s"; -1 if Min is: for ever
	Count
	Bool
	Word  // one of Words
	List  // names, separated by commas; of Words, if there are any
	Ratio // 0 to 1, with at most three decimals; as Int in thousandths
	Name  // one that Kafka would also take for a topic
)

func (k Kind) String() string {
	return [...]string{"milliseconds", "whole number", "true or false", "word", "list", "number from 0 to 1", "name"}[k]
}

// Choices are all values that the row's setting can have, where these are a few words.
func (r *SettingRow) Choices() []string {
	switch r.Kind {
	case Bool:
		return []string{"true", "false"}
	case Word:
		return slices.DeleteFunc(slices.Clone(r.Words), func(w string) bool { return w == "" })
	}
	return nil
}

// Value is a setting's value, read by its kind.
type Value struct {
	Text     string
	Duration sim.Duration
	Int      int64
	Bool     bool
	Words    []string
}

var durationUnits = []struct {
	suffix string
	unit   sim.Duration
}{
	{"ns", sim.Nanosecond}, {"us", sim.Microsecond}, {"µs", sim.Microsecond}, {"ms", sim.Millisecond}, {"s", sim.Second},
	{"m", 60 * sim.Second}, {"h", 3600 * sim.Second},
}

// ParseDuration reads a number with a unit, such as "10ms", "1.5s", "2m".
func ParseDuration(text string) (sim.Duration, error) {
	for _, u := range durationUnits {
		number, ok := strings.CutSuffix(text, u.suffix)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(number, 64)
		if err != nil || strings.Trim(number, "0123456789.") != "" {
			continue
		}
		if !(n >= 0) || n*float64(u.unit) > float64(100*365*24*3600*sim.Second) {
			return 0, fmt.Errorf("%q is not between 0 and 100 years", text)
		}
		return sim.Duration(math.Round(n * float64(u.unit))), nil
	}
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return 0, fmt.Errorf("%q has no unit: write %sms or %ss", text, text, text)
	}
	return 0, fmt.Errorf("%q is not a duration: write a number and ns, us, ms, s, m or h", text)
}

// Check says what is wrong with a value, whatever else is set.
func (r *SettingRow) Check(text string) error {
	_, err := r.parse(text)
	return err
}

// parse reads a value as a row's kind demands.
func (r *SettingRow) parse(text string) (Value, error) {
	v := Value{Text: text}
	var err error
	switch r.Kind {
	case Millis:
		if text == "-1" && r.Min < 0 {
			v.Duration = sim.Forever
			break
		}
		v.Duration, err = parseMillis(text)
		if least := sim.Duration(r.Min) * sim.Millisecond; err == nil && v.Duration < least {
			err = fmt.Errorf("%s is less than %s", v.Duration, least)
		}
	case Count:
		v.Int, err = strconv.ParseInt(text, 10, 64)
		if err != nil {
			err = fmt.Errorf("%q is not a whole number", text)
		} else if v.Int < r.Min || v.Int > r.Max {
			err = fmt.Errorf("%d is not between %d and %d", v.Int, r.Min, r.Max)
		}
	case Bool:
		switch text {
		case "true":
			v.Bool = true
		case "false":
		default:
			err = fmt.Errorf("%q is neither true nor false", text)
		}
	case Word:
		err = fmt.Errorf("%q is none of %s", text, strings.Join(r.Words, ", "))
		for _, w := range r.Words {
			if w == text {
				err = nil
			}
		}
	case List:
		v.Words, err = r.parseList(text)
	case Ratio:
		v.Int, err = parseThousandths(text)
	case Name:
		err = legalName(text)
	}
	return v, err
}

// longestName is how long a legal name can be.
const longestName = 249

// legalName says why Kafka would not take a name (Topic.validate, which JoinGroupRequest.validateGroupInstanceId
// calls too).
func legalName(s string) error {
	switch {
	case s == "":
		return fmt.Errorf("it can't be empty")
	case s == "." || s == "..":
		return fmt.Errorf("it can't be %q", s)
	case len(s) > longestName:
		return fmt.Errorf("%d characters are too many: at most %d", len(s), longestName)
	case strings.ContainsFunc(s, func(r rune) bool { return r != '-' && !isNameRune(r) }):
		return fmt.Errorf("%q: use letters, digits, '.', '_' and '-'", s)
	}
	return nil
}

// parseList reads names. A row that knows its words takes no others, no word twice, and at least one.
func (r *SettingRow) parseList(text string) ([]string, error) {
	var out []string
	for _, w := range strings.Split(text, ",") {
		w = strings.TrimSpace(w)
		for _, also := range r.Also {
			if also.text == w {
				w = also.means
			}
		}
		switch {
		case w == "":
		case r.Words != nil && !slices.Contains(r.Words, w):
			return nil, fmt.Errorf("%q is none of %s%s", w, strings.Join(r.Words, ", "),
				sim.DidYouMean(w, append(texts(r.Also), r.Words...)))
		case r.Words != nil && slices.Contains(out, w):
			return nil, fmt.Errorf("%s is named twice", w)
		default:
			out = append(out, w)
		}
	}
	if r.Words != nil && out == nil {
		return nil, fmt.Errorf("want at least one of %s", strings.Join(r.Words, ", "))
	}
	return out, nil
}

// parseThousandths reads a number from 0 to 1.
func parseThousandths(text string) (int64, error) {
	n, err := strconv.ParseFloat(text, 64)
	if whole := math.Round(n * 1000); err == nil && n >= 0 && n <= 1 && math.Abs(n*1000-whole) < 1e-9 {
		return int64(whole), nil
	}
	return 0, fmt.Errorf("%q is not a number from 0 to 1 with at most three decimals", text)
}

// parseMillis reads a setting whose name ends in .ms: Kafka's plain number, or one with a unit.
func parseMillis(text string) (sim.Duration, error) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		switch {
		case n < 0:
			return 0, fmt.Errorf("%d is negative", n)
		case n > int64(sim.Forever/sim.Millisecond):
			return sim.Forever, nil
		}
		return sim.Duration(n) * sim.Millisecond, nil
	}
	return ParseDuration(text)
}
