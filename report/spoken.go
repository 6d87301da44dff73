package report

import "tonghop/report/lang"

// Spoken gives the type under which package lang knows values of an indicator.
func (t Type) Spoken() lang.Type {
	switch t {
	case TypeInt, TypeDec:
		return lang.Number
	case TypeBool:
		return lang.Bool
	}
	return lang.Text
}

// Spoken gives the value as package lang computes with it. A reason for having
// none stays the reason it is.
func (v Value) Spoken() lang.Value {
	switch v.Kind {
	case Number:
		return lang.NumberOf(v.Num)
	case Words:
		return lang.TextOf(v.Text)
	case YesNo:
		return lang.BoolOf(v.Yes)
	case Nil:
		return lang.NoneOf(lang.Nil)
	case NotCollected:
		return lang.NoneOf(lang.NotCollected)
	case NotApplicable:
		return lang.NoneOf(lang.NotApplicable)
	}
	return lang.Value{}
}
