package report

import "tonghop/report/decimal"

// ValueKind tells what a [Value] is.
type ValueKind uint8

// The kinds of a value. Missing is the zero value and is never stored in a
// fact: it is what a look-up gives where there is no fact (law 8).
const (
	Missing       ValueKind = iota
	Number                  // Num
	Words                   // Text
	YesNo                   // Yes
	Nil                     // "không phát sinh": nothing occurred
	NotCollected            // "…": occurred, but was not collected
	NotApplicable           // "x": the question does not apply
)

var valueKindNames = [...]string{"missing", "number", "text", "bool", "nil", "not_collected", "not_applicable"}

// String gives the machine's word for the kind, as used in JSON marks.
func (k ValueKind) String() string {
	if int(k) < len(valueKindNames) {
		return valueKindNames[k]
	}
	return "unknown"
}

// Value is what a fact says: a number, a text, a yes or no, or a reason for
// having none. It is comparable when its number is canonical.
type Value struct {
	Kind ValueKind
	Num  decimal.Decimal
	Text string
	Yes  bool
}

// NumberOf is the value of a number.
func NumberOf(d decimal.Decimal) Value { return Value{Kind: Number, Num: d} }

// TextOf is the value of a text.
func TextOf(s string) Value { return Value{Kind: Words, Text: s} }

// BoolOf is the value of a yes or no.
func BoolOf(yes bool) Value { return Value{Kind: YesNo, Yes: yes} }

// IsNone reports whether there is no figure and no words, for whatever reason.
func (v Value) IsNone() bool { return v.Kind != Number && v.Kind != Words && v.Kind != YesNo }

// Equal reports whether two values say the same; 1.50 equals 1.5.
func (v Value) Equal(w Value) bool {
	if v.Kind != w.Kind {
		return false
	}
	switch v.Kind {
	case Number:
		return v.Num.Equal(w.Num)
	case Words:
		return v.Text == w.Text
	case YesNo:
		return v.Yes == w.Yes
	}
	return true
}

// String gives the value as machines read it: a canonical decimal, the text,
// "true" or "false", and "" where there is none.
func (v Value) String() string {
	switch v.Kind {
	case Number:
		return v.Num.String()
	case Words:
		return v.Text
	case YesNo:
		if v.Yes {
			return "true"
		}
		return "false"
	}
	return ""
}

// isSpelt reports whether a text is the value as String gives it, without making
// one for each of many figures.
func (v *Value) isSpelt(text string) bool {
	if v.Kind != Number {
		return v.String() == text
	}
	var buf [64]byte
	return string(v.Num.AppendTo(buf[:0])) == text
}
