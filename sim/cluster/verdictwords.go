package cluster

import "fmt"

// Who says whose guarantee it is.
func (v Verdict) Who() string {
	if v.Group == "" {
		return "log"
	}
	return "group " + v.Group
}

// For says it in a sentence.
func (v Verdict) For() string {
	if v.Group == "" {
		return "in the log"
	}
	return "for " + v.Group
}

// Words are the verdict and what it is based on; nil is that of a run that does not have the group. What is pending
// counts for nothing.
func (v *Verdict) Words() string {
	if v == nil {
		return Missing
	}
	counts := fmt.Sprintf("%s (%d messages, %d missed, %d doubled%s)",
		v.SoFar(), v.Decided(), v.Missed, v.Doubled, v.besides())
	switch {
	case v.Messages == 0:
		return "nothing was sent"
	case v.Pending == 0:
		return counts
	case v.Decided() == 0:
		return fmt.Sprintf("%s: all %d messages are pending", v.Name(), v.Messages)
	case v.Name() == v.SoFar():
		return fmt.Sprintf("%s; %d more are pending", counts, v.Pending)
	}
	return fmt.Sprintf("%s: %d of %d messages are pending; so far %s", v.Name(), v.Pending, v.Messages, counts)
}

// besides says how many messages had an effect that they should not have had, and how many were put into dead
// letters, if there are any.
func (v *Verdict) besides() string {
	text := ""
	if v.Unwanted > 0 {
		text += fmt.Sprintf(", %d aborted and applied", v.Unwanted)
	}
	if v.Dead > 0 {
		text += fmt.Sprintf(", %d in dead letters", v.Dead)
	}
	return text
}
