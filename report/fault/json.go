package fault

import (
	"encoding/json"
	"fmt"
)

// wire is a fault as JSON: the data, and the words for those who have no catalogue. The
// words are written and never read back (law 7).
type wire struct {
	Code     Code               `json:"code"`
	Severity Severity           `json:"severity"`
	File     string             `json:"file,omitempty"`
	Sheet    string             `json:"sheet"`
	Cell     string             `json:"cell"`
	Line     int                `json:"line,omitempty"`
	Column   int                `json:"column,omitempty"`
	VI       string             `json:"vi"`
	EN       string             `json:"en"`
	Fix      string             `json:"fix"`
	FixEN    string             `json:"fixEn"`
	Related  []string           `json:"related,omitempty"`
	Group    string             `json:"group,omitempty"` // made from the rest, like the words
	Args     map[string]wireArg `json:"args,omitempty"`
}

// wireArg is a string, or {"vi", "en"} where the languages differ.
type wireArg Arg

// MarshalJSON writes code, severity, place, words, fix and arguments.
func (f Fault) MarshalJSON() ([]byte, error) {
	w := wire{
		Code: f.Code, Severity: f.Severity, File: f.File, Sheet: f.Sheet, Cell: f.Cell,
		Line: f.Line, Column: f.Column, Related: f.Related,
		VI: f.VI(), EN: f.EN(), Fix: f.FixVI(), FixEN: f.FixEN(),
	}
	if f.Line == 0 && f.Sheet+f.Cell != "" { // of a document each line stands alone
		w.Group = f.Group()
	}
	if len(f.Args) > 0 {
		w.Args = make(map[string]wireArg, len(f.Args))
		for _, a := range f.Args {
			w.Args[a.Name] = wireArg(a)
		}
	}
	return json.Marshal(w)
}

// UnmarshalJSON reads what MarshalJSON wrote; the words are taken from the catalogue
// again when asked for.
func (f *Fault) UnmarshalJSON(data []byte) error {
	var w wire
	if err := json.Unmarshal(data, &w); err != nil {
		return fmt.Errorf("fault: %w", err)
	}
	if w.Severity == "" {
		w.Severity = w.Code.Severity()
	}
	*f = Fault{
		Code: w.Code, Severity: w.Severity, File: w.File, Sheet: w.Sheet, Cell: w.Cell,
		Line: w.Line, Column: w.Column, Related: w.Related,
	}
	for name, a := range w.Args {
		a.Name = name
		*f = f.With(Arg(a))
	}
	return nil
}

// MarshalJSON writes a plain string where both languages say the same.
func (a wireArg) MarshalJSON() ([]byte, error) {
	if a.EN == "" {
		return json.Marshal(a.Value)
	}
	return json.Marshal(struct {
		VI string `json:"vi"`
		EN string `json:"en"`
	}{a.Value, a.EN})
}

// UnmarshalJSON reads either form.
func (a *wireArg) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &a.Value)
	}
	var both struct{ VI, EN string }
	if err := json.Unmarshal(data, &both); err != nil {
		return err
	}
	a.Value, a.EN = both.VI, both.EN
	return nil
}
