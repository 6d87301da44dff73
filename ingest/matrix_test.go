package ingest

import "testing"

// TestMatrixHasItsCells holds which figures of a matrix can be asked for one by one,
// as by who adjusts one: those of its cells, at the provincial level.
func TestMatrixHasItsCells(t *testing.T) {
	env := testEnv(t, "ma-tran")
	p := newPlan(env.Definition, env.Request, env.Register, env.Agency)
	for _, tt := range []struct {
		indicator, unit, place string
		want                   bool
	}{
		{"R-1.C1", "syt", "30T", true},
		{"R-10.C2", "syt", "30T", true},
		{"R-1.C1", "syt", "288", false}, // not asked of a district
		{"R-1.C1", "bhd", "30T", false}, // another agency's
	} {
		if got := p.has(p.def.Indicator(tt.indicator), tt.unit, tt.place); got != tt.want {
			t.Errorf("%s of %s at %s: %t", tt.indicator, tt.unit, tt.place, got)
		}
	}
	if x := p.sheets[0].matrix; x.cells[0][1] != nil || x.cells[3][2].Code != "R-10.C3" {
		t.Errorf("R-1.C2 is asked, or R-10.C3 is not: %v, %v", x.cells[0][1], x.cells[3][2])
	}
}

// TestMatrixTakesItsIndicators: a sheet without a list of its own takes what no other
// names, and what stands in a matrix is named.
func TestMatrixTakesItsIndicators(t *testing.T) {
	env := testEnv(t, "ma-tran")
	rest := env.Definition.Sheets[0]
	rest.Name, rest.Shape, rest.Rows, rest.Columns = "Còn lại", "indicators-down", nil, nil
	env.Definition.Sheets = append(env.Definition.Sheets, rest)
	env.Definition.Indicators = append(env.Definition.Indicators, *env.Definition.Indicator("R-1.C1"))
	last := &env.Definition.Indicators[len(env.Definition.Indicators)-1]
	last.Code = "99"
	p := newPlan(env.Definition, env.Request, env.Register, env.Agency)
	if got := p.sheets[1].indicators; len(got) != 1 || got[0].Code != "99" {
		t.Errorf("the sheet beside the matrix has %d indicators, want 99 alone", len(got))
	}
	if got := len(p.sheets[0].indicators); got != 10 {
		t.Errorf("the matrix has %d indicators, want 10", got)
	}
}
