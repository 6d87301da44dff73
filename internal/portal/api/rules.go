package api

import (
	"tonghop/report"
	"tonghop/report/fault"
)

// Rules lists the rules of a definition.
type Rules struct {
	Definition string `json:"definition"`    // code@version
	Day        string `json:"day,omitempty"` // end of the period that inEffect speaks of
	Rules      []Rule `json:"rules"`
}

// Rule is one version of a rule, in words.
type Rule struct {
	Rule         string          `json:"rule"`
	Version      string          `json:"version,omitempty"`
	Check        string          `json:"check"` // what must hold
	Severity     fault.Severity  `json:"severity" enum:"error,explain,note"`
	Warning      fault.Severity  `json:"warning,omitempty" enum:"explain,note"` // how it weighs at first
	WarningUntil string          `json:"warningUntil,omitempty"`                // last day on which it weighs so
	From         string          `json:"from,omitempty"`
	Until        string          `json:"until,omitempty"`
	InEffect     fault.Severity  `json:"inEffect,omitempty" enum:"error,explain,note"` // how it weighs on the day; absent where it does not apply
	Text         report.Text     `json:"text"`                                         // what is wrong when it does not hold
	Fix          report.Text     `json:"fix"`
	Indicators   []IndicatorName `json:"indicators"` // that it speaks of, in the order of the form
}

// IndicatorName is an indicator by code and name.
type IndicatorName struct {
	Code string      `json:"code"`
	Name report.Text `json:"name"`
}

// Trial is what a draft of rules would do to a period: every report that counts,
// read again by the draft. Nothing was written.
type Trial struct {
	Request    string      `json:"request"`
	Definition string      `json:"definition"` // in force: code@version
	Asked      int         `json:"asked"`      // agencies on the roster
	Read       int         `json:"read"`       // reports that count and were read
	Left       int         `json:"left"`       // reports that count and were left out, as there are too many
	Rules      []TriedRule `json:"rules"`
}

// TriedRule is what the draft changes, and what follows from it. Where a whole form
// is tried, what is no rule's but the form's own has code in the place of rule.
type TriedRule struct {
	Rule     string         `json:"rule,omitempty"`
	Version  string         `json:"version,omitempty"`
	Code     string         `json:"code,omitempty"`                                                                 // of a fault that is no rule's
	Status   string         `json:"status" enum:"new,changed,ended,removed,unchanged"`                              // how it stands to what is in force
	Severity fault.Severity `json:"severity,omitempty" enum:"stop,error,explain,note"`                              // that it was tried with: the final one
	Text     report.Text    `json:"text"`                                                                           // what is wrong when it does not hold
	Fails    int            `json:"fails" doc:"Báo cáo sẽ phải sửa (reports that would have to be mended)"`         //
	Explains int            `json:"explains" doc:"Báo cáo sẽ phải giải trình (that would have to explain)"`         //
	Notes    int            `json:"notes" doc:"Báo cáo sẽ có ghi chú (of which something would be noted)"`          //
	Freed    int            `json:"freed" doc:"Báo cáo không còn phải sửa hay giải trình (that need not any more)"` //
	Reports  []TriedReport  `json:"reports"`
}

// TriedReport is one report that the draft would change something for.
type TriedReport struct {
	Agency   string        `json:"agency"`
	Name     string        `json:"name"`
	Upload   string        `json:"upload"`
	Effect   string        `json:"effect" enum:"fails,explains,notes,freed"`
	Findings []fault.Fault `json:"findings"`       // the first of them
	More     int           `json:"more,omitempty"` // how many are not shown
}
