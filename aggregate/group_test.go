package aggregate

import (
	"testing"
)

// TestGroups: the figures of a group are those of its agencies alone, by every
// roll, and groups come in the order of the roster.
func TestGroups(t *testing.T) {
	h := newHistory(1)
	h.request(2, false, "bv1", "sgd", "bv2", "hpn")
	for i, agency := range []string{"bv1", "sgd", "bv2"} {
		h.submit(agency, facts(
			num(agency, "288", "sum", []string{"3", "40", "5"}[i]),
			num(agency, "288", "max", []string{"7", "1", "9"}[i]),
			num(agency, "290", "sum", "100"),
		))
	}
	f := folded(h.events)
	for _, axes := range [][]string{{ByGroup}, {ByGroup, ByPlace}} {
		got, err := f.state.Rollup(&f.ledger, Query{Request: testRequest, By: axes})
		if err != nil {
			t.Fatal(err)
		}
		var order []string
		for _, r := range got.Rows {
			if n := len(order); n == 0 || order[n-1] != *r.Group {
				order = append(order, *r.Group)
			}
			want := groupRow(t, f, r, axes[1:])
			if r.Heard != want.Heard || r.Asked != want.Asked || r.Mark != want.Mark || derefText(r.Value) != derefText(want.Value) {
				t.Errorf("by %v, group %s, %s: got %+v, want %+v", axes, *r.Group, r.Indicator, r, want)
			}
			if r.Agency != nil {
				t.Errorf("group %s: agency %s stays apart", *r.Group, *r.Agency)
			}
		}
		if want := []string{"syt", "sgd", "hpn"}[:len(order)]; len(order) < 2 || order[0] != want[0] || order[1] != want[1] {
			t.Errorf("groups in the order %v, want %v", order, want)
		}
	}
	if _, err := f.state.Rollup(&f.ledger, Query{Request: testRequest, By: []string{ByAgency, ByGroup}}); err == nil {
		t.Error("by agency and group at once is refused")
	}
}

// groupRow finds the same figure by asking for the group's agencies.
func groupRow(t *testing.T, f *fold, r Row, by []string) Row {
	t.Helper()
	members := map[string][]string{"syt": {"bv1", "bv2"}, "sgd": {"sgd"}, "hpn": {"hpn"}}[*r.Group]
	alone, err := f.state.Rollup(&f.ledger, Query{Request: testRequest, By: by, Agencies: members, Indicators: []string{r.Indicator}})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range alone.Rows {
		if derefText(a.Place) == derefText(r.Place) {
			return a
		}
	}
	t.Fatalf("group %s has %s at %s, its agencies have not", *r.Group, r.Indicator, derefText(r.Place))
	return Row{}
}

func derefText(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
