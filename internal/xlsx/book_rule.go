package xlsx

import (
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// RuleKind is what a cell may hold.
type RuleKind uint8

// The kinds of rules.
const (
	OneOf      RuleKind = iota // one of Rule.Values, from a drop-down list
	OneOfCells                 // one of the texts in Rule.Source, from a drop-down list
	Whole                      // a whole number from Rule.Min on
	Decimal                    // a number from Rule.Min on
	TextLength                 // a text of at most Rule.Max characters
)

// Rule is what a person may type into cells, and what the spreadsheet says to
// them. It guards typing only: a paste overwrites it, and nothing read back
// may rely on it. Empty cells are always allowed; missing is not an error of
// the keyboard (law 8).
type Rule struct {
	Kind   RuleKind
	Values []string // for OneOf: short, together at most 255 characters, no commas
	Source string   // for OneOfCells: what Worksheet.Ref gives, or a defined name
	Min    string   // for Whole and Decimal; "0" when empty
	Max    int      // for TextLength

	PromptTitle, Prompt string // shown when the cell is chosen
	ErrorTitle, Error   string // shown when the value is refused
	Warn                bool   // the person may insist
}

// ErrRule says that a rule cannot be written.
var ErrRule = errors.New("not a rule for input")

// What Excel allows in the windows of a rule, in UTF-16 units.
const (
	maxRuleTitle = 32
	maxRuleText  = 255
)

type placedRule struct {
	area Range
	rule Rule
}

// Restrict puts a rule on the cells of an area.
func (s *Worksheet) Restrict(a Range, r Rule) {
	if err := checkRange(a); err != nil {
		s.fail(a, err)
		return
	}
	if err := r.check(); err != nil {
		s.fail(a, fmt.Errorf("rule: %w", err))
		return
	}
	s.rules = append(s.rules, placedRule{area: a, rule: r})
}

func (r Rule) check() error {
	for _, title := range []string{r.PromptTitle, r.ErrorTitle} {
		if err := checkText(title, maxRuleTitle); err != nil {
			return fmt.Errorf("title %q: %w", title, err)
		}
	}
	for _, text := range []string{r.Prompt, r.Error} {
		if err := checkText(text, maxRuleText); err != nil {
			return fmt.Errorf("text %q: %w", text, err)
		}
	}
	if !plainText(r.PromptTitle + r.ErrorTitle + r.Prompt + r.Error + r.Source + strings.Join(r.Values, "")) {
		return ErrNotText
	}
	return r.checkKind()
}

func (r Rule) checkKind() error {
	switch r.Kind {
	case OneOf:
		return checkChoices(r.Values)
	case OneOfCells:
		if r.Source == "" {
			return fmt.Errorf("no source: %w", ErrRule)
		}
	case Whole, Decimal:
		return CheckNumber(firstSet(r.Min, "0"))
	case TextLength:
		if r.Max < 1 || r.Max > maxText {
			return fmt.Errorf("at most %d characters: %w", r.Max, ErrRule)
		}
	default:
		return fmt.Errorf("kind %d: %w", r.Kind, ErrRule)
	}
	return nil
}

// checkChoices holds what an inline list can carry: it is one text with commas.
func checkChoices(values []string) error {
	if len(values) == 0 {
		return fmt.Errorf("empty list: %w", ErrRule)
	}
	for _, v := range values {
		if v == "" || strings.ContainsAny(v, ",\n") || strings.TrimSpace(v) != v {
			return fmt.Errorf("choice %q: %w", v, ErrRule)
		}
	}
	if utf16Len(strings.Join(values, ",")) > maxRuleText {
		return fmt.Errorf("list of %d choices: %w", len(values), ErrTextTooLong)
	}
	if strings.HasPrefix(values[0], "=") {
		return fmt.Errorf("choice %q: %w", values[0], ErrRule)
	}
	return nil
}

// native spells the rule for the library.
func (p placedRule) native() (*excelize.DataValidation, error) {
	r := p.rule
	dv := excelize.NewDataValidation(true)
	dv.Sqref = p.area.String()
	if r.Prompt != "" || r.PromptTitle != "" {
		dv.SetInput(r.PromptTitle, r.Prompt)
	}
	style := excelize.DataValidationErrorStyleStop
	if r.Warn {
		style = excelize.DataValidationErrorStyleWarning
	}
	dv.SetError(style, r.ErrorTitle, r.Error)
	return dv, r.constrain(dv)
}

func (r Rule) constrain(dv *excelize.DataValidation) error {
	const from, upTo = excelize.DataValidationOperatorGreaterThanOrEqual, excelize.DataValidationOperatorLessThanOrEqual
	switch r.Kind {
	case OneOf:
		return dv.SetDropList(r.Values)
	case OneOfCells:
		// The library puts the source into the file as it is.
		dv.SetSqrefDropList(string(appendFormula(nil, r.Source)))
		return nil
	case Whole:
		return dv.SetRange(firstSet(r.Min, "0"), "", excelize.DataValidationTypeWhole, from)
	case Decimal:
		return dv.SetRange(firstSet(r.Min, "0"), "", excelize.DataValidationTypeDecimal, from)
	default:
		return dv.SetRange(r.Max, "", excelize.DataValidationTypeTextLength, upTo)
	}
}
