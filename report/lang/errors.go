package lang

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// SyntaxError says what is wrong with the source of an expression, in both languages,
// without full stop, to stand after the name of the rule.
type SyntaxError struct {
	Offset     int    // in bytes from 0
	Line       int    // from 1
	Column     int    // in characters from 1
	VI, EN     string // what is wrong
	Near       string // the piece of source in question; empty at the end
	Suggestion string // what may have been meant, as it would be written; or empty
}

// Error gives line, column and the English words.
func (e *SyntaxError) Error() string {
	text := fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.EN)
	if e.Suggestion != "" {
		text += "; is " + e.Suggestion + " meant?"
	}
	return text
}

// ErrType says that a look-up gave a value of another type than was declared.
var ErrType = errors.New("value of another type than declared")

// EvalError says which operation of an expression had no exact result.
type EvalError struct {
	Operation string // its canonical source, such as "[2.04] * [2.05]"
	Err       error  // decimal.ErrOverflow, decimal.ErrInexact or ErrType, perhaps wrapped
}

// Error names the operation and the cause.
func (e *EvalError) Error() string { return fmt.Sprintf("evaluate %s: %v", e.Operation, e.Err) }

// Unwrap returns the cause.
func (e *EvalError) Unwrap() error { return e.Err }

// complaint is a SyntaxError before its place in lines and columns is known.
type complaint struct {
	offset     int
	near       string
	vi, en     string
	suggestion string
}

func (c *complaint) in(source string) *SyntaxError {
	before := source[:min(c.offset, len(source))]
	line := strings.LastIndexByte(before, '\n') + 1
	return &SyntaxError{
		Offset: c.offset, Near: c.near, VI: c.vi, EN: c.en, Suggestion: c.suggestion,
		Line:   1 + strings.Count(before, "\n"),
		Column: 1 + utf8.RuneCountInString(before[line:]),
	}
}
