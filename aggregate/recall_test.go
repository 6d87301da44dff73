package aggregate

import (
	"testing"
)

// TestRecallForgets: what is kept of figures over time is used again, and not when a report
// came since, was corrected, or a request of another time was opened.
func TestRecallForgets(t *testing.T) {
	r := mapRegister("2025-06-30", "46")
	w := newMapWorld(r)
	w.request("m01", "2024-M01", "2025-06-30")
	place := r.Places[len(r.Places)-1].Code
	ask := Query{Request: "m01", Window: Window{Period: "2024-Q1"}, Indicators: []string{"sum"}}
	check := func(what, want string, kept int) {
		t.Helper()
		for range 2 {
			got := w.rollup(t, ask)
			if v := got.Rows[0].Value; v == nil && want != "" || v != nil && *v != want {
				t.Errorf("%s: %+v, want %s", what, got.Rows[0], want)
			}
		}
		if len(w.state.recall.kept) != kept {
			t.Errorf("%s: %d scopes are kept", what, len(w.state.recall.kept))
		}
	}
	check("nothing", "", 1)
	w.submit("m01", "a", num("a", place, "sum", "5"))
	check("a report", "5", 1)
	first := w.state.recall.kept[0].scope
	if check("the same", "5", 1); w.state.recall.kept[0].scope != first {
		t.Error("the same figures were worked out again")
	}
	w.request("m02", "2024-M02", "2025-06-30")
	w.submit("m02", "a", num("a", place, "sum", "7"))
	check("another month", "12", 1)
	ask.Period = "2024"
	check("a year", "12", 2)
	for _, period := range []string{"2024-H1", "2024-9M", "2024-M02", "2024-M01"} {
		ask.Period = period
		w.rollup(t, ask)
	}
	if len(w.state.recall.kept) != recallScopes {
		t.Errorf("%d scopes are kept", len(w.state.recall.kept))
	}
}
