package lang

import "tonghop/report/decimal"

// Type is what an expression yields, and what a value is.
type Type uint8

// The types. None is the zero value: a value that is not there.
const (
	None Type = iota
	Number
	Bool
	Text
)

// String names the type in English.
func (t Type) String() string {
	return [...]string{"none", "a number", "true or false", "a text"}[min(t, Text)]
}

// VI names the type in Vietnamese.
func (t Type) VI() string {
	return [...]string{"không có", "số", "đúng hoặc sai", "chữ"}[min(t, Text)]
}

// Reason says why a value is none.
type Reason uint8

// The reasons. When several meet, the first of this list wins, whatever side it stands
// on: what may still come weighs more than what never will.
const (
	Missing       Reason = iota // no fact has been reported
	NotCollected                // "…": it occurred and was not collected
	Undefined                   // a quotient by zero
	NotApplicable               // "x": it cannot occur here
	Nil                         // "-": nothing occurred
)

// String gives the machine's word for the reason.
func (r Reason) String() string {
	return [...]string{"missing", "not_collected", "undefined", "not_applicable", "nil"}[min(r, Nil)]
}

// Value is the value of an indicator or of an expression. The zero Value is missing.
type Value struct {
	Kind   Type
	Num    decimal.Decimal // of a Number
	Bool   bool            // of a Bool
	Text   string          // of a Text
	Reason Reason          // of None
}

// NumberOf returns a number.
func NumberOf(d decimal.Decimal) Value { return Value{Kind: Number, Num: d} }

// BoolOf returns true or false.
func BoolOf(b bool) Value { return Value{Kind: Bool, Bool: b} }

// TextOf returns a text.
func TextOf(s string) Value { return Value{Kind: Text, Text: s} }

// NoneOf returns a value that is not there, and why.
func NoneOf(r Reason) Value { return Value{Reason: r} }

// IsNone reports whether there is no value.
func (v Value) IsNone() bool { return v.Kind == None }

// IsTrue reports whether v is the truth value true, neither false nor none.
func (v Value) IsTrue() bool { return v.Kind == Bool && v.Bool }

// IsFalse reports whether v is the truth value false, neither true nor none.
func (v Value) IsFalse() bool { return v.Kind == Bool && !v.Bool }

// String shows the value: a canonical decimal, true or false, the text in quotes, or the
// reason there is none.
func (v Value) String() string {
	switch v.Kind {
	case Number:
		return v.Num.String()
	case Bool:
		if v.Bool {
			return "true"
		}
		return "false"
	case Text:
		return quote(v.Text)
	}
	return v.Reason.String()
}

// noneAmong returns the weightiest none among the values, and whether there is any.
func noneAmong(values ...Value) (Value, bool) {
	found, reason := false, Nil
	for _, v := range values {
		if v.IsNone() {
			found, reason = true, min(reason, v.Reason)
		}
	}
	return NoneOf(reason), found
}
