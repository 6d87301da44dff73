package paper

import (
	"encoding/json"
	"fmt"

	"tonghop/ingest"
	"tonghop/report"
	"tonghop/report/decimal"
)

// Form is what an agency is asked in a request.
type Form struct {
	Definition *report.Definition
	Register   *report.Register
	Request    *report.Request
	Agency     string
}

// filled is the form that was downloaded, filled in with what the table says.
func (f *Form) filled(t *Table) ([]byte, error) {
	values, err := f.values(t)
	if err != nil {
		return nil, err
	}
	return ingest.Template(f.Definition, f.Request, f.Register, f.Agency, ingest.TemplateOptions{Values: values})
}

// nothing is the form with the box "không phát sinh" ticked.
func (f *Form) nothing() ([]byte, error) {
	return ingest.Template(f.Definition, f.Request, f.Register, f.Agency, ingest.TemplateOptions{Nil: true})
}

// values gives what a table says as figures.
func (f *Form) values(t *Table) (map[ingest.Spot]report.Value, error) {
	values := map[ingest.Spot]report.Value{}
	for _, row := range t.Rows {
		ind := f.Definition.Indicator(row.Indicator)
		if ind == nil {
			return nil, fmt.Errorf("table of %s: no indicator %s", f.Agency, row.Indicator)
		}
		for i, cell := range row.Cells {
			if cell == "" {
				continue
			}
			v, err := valueOf(ind, cell)
			if err != nil {
				return nil, fmt.Errorf("table of %s: %s at %s: %w", f.Agency, row.Indicator, t.Places[i], err)
			}
			values[ingest.Spot{Unit: f.Agency, Place: t.Places[i], Indicator: row.Indicator}] = v
		}
	}
	return values, nil
}

// valueOf gives what is typed as a value of an indicator.
func valueOf(ind *report.Indicator, cell string) (report.Value, error) {
	switch ind.Type {
	case report.TypeText:
		return report.TextOf(cell), nil
	case report.TypeBool:
		if cell != "có" && cell != "không" {
			return report.Value{}, fmt.Errorf("%q is neither có nor không", cell)
		}
		return report.BoolOf(cell == "có"), nil
	}
	if cell == "-" {
		return report.Value{Kind: report.Nil}, nil
	}
	d, err := decimal.Parse(cell)
	return report.NumberOf(d), err
}

// online is the table as the web form sends it: JSON, numbers as strings.
func (f *Form) online(t *Table) ([]byte, error) {
	type value struct {
		Place     string `json:"place,omitempty"`
		Indicator string `json:"indicator"`
		Value     string `json:"value"`
	}
	type text struct {
		Indicator string `json:"indicator"`
		Text      string `json:"text"`
	}
	body := struct {
		Nil    bool    `json:"nil"`
		Values []value `json:"values"`
		Texts  []text  `json:"texts"`
	}{Values: []value{}, Texts: []text{}}
	values, err := f.values(t)
	if err != nil {
		return nil, err
	}
	for _, row := range t.Rows {
		ind := f.Definition.Indicator(row.Indicator)
		for _, place := range t.Places {
			v, given := values[ingest.Spot{Unit: f.Agency, Place: place, Indicator: ind.Code}]
			switch {
			case !given:
			case ind.Type == report.TypeText:
				body.Texts = append(body.Texts, text{ind.Code, v.Text})
			default:
				at := place
				if ind.By != report.ByPlace {
					at = "" // asked once: the provincial level needs no saying
				}
				body.Values = append(body.Values, value{at, ind.Code, v.String()})
			}
		}
	}
	b, err := json.MarshalIndent(body, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("form of %s: %w", f.Agency, err)
	}
	return append(b, '\n'), nil
}
