package fault_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"tonghop/report/fault"
)

func TestSort(t *testing.T) {
	at := func(code fault.Code, sheet, cell string) fault.Fault { return fault.New(code).At(sheet, cell) }
	list := fault.List{
		at(fault.NotWhole, "Biểu 02", "A1"),
		at(fault.NotWhole, "Biểu 01", "B10"),
		at(fault.NotWhole, "Lạ", "A1"),
		at(fault.NotWhole, "Biểu 01", "AA9"),
		at(fault.NotWhole, "Biểu 01", "Z9"),
		at(fault.NotANumber, "Biểu 01", "Z9"),
		at(fault.NotWhole, "", ""),
		at(fault.SpacesTrimmed, "Biểu 01", "A1"),
		at(fault.NotWhole, "", "values/12"),
		at(fault.NotWhole, "", "values/4"),
		at(fault.NotWhole, "Biểu 01", ""),
		at(fault.RuleToExplain, "Biểu 01", "A1"),
		at(fault.FileEmpty, "", ""),
		at(fault.FieldMissing, "", "").AtLine(12, 1),
		at(fault.FieldMissing, "", "").AtLine(4, 9),
	}
	list.Sort("Biểu 01", "Biểu 02")
	var got []string
	for _, f := range list {
		got = append(got, fmt.Sprintf("%s %s", f.Code, f.Place()))
	}
	want := []string{
		"F001 ", "V302 ", "D603 4:9", "D603 12:1", "V302 values/4", "V302 values/12",
		"V302 Biểu 01", "V301 Biểu 01!Z9", "V302 Biểu 01!Z9", "V302 Biểu 01!AA9", "V302 Biểu 01!B10",
		"V302 Biểu 02!A1", "V302 Lạ!A1", "R402 Biểu 01!A1", "N502 Biểu 01!A1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Whatever order faults are found in, they are read in the same one (law 6).
func TestSortForgetsTheOrderItWasGiven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := fault.List(rapid.SliceOfN(anyFault(), 0, 12).Draw(t, "list"))
		other := fault.List(rapid.Permutation(slices.Clone(list)).Draw(t, "other"))
		list.Sort("B")
		other.Sort("B")
		if diff := cmp.Diff(list, other, cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestBlocksAndNeedExplaining(t *testing.T) {
	note, explain := fault.New(fault.FileMacros), fault.New(fault.RuleToExplain)
	for _, tt := range []struct {
		name   string
		list   fault.List
		blocks bool
		owed   int
	}{
		{"nothing", nil, false, 0},
		{"a note", fault.List{note}, false, 0},
		{"something to explain", fault.List{note, explain, explain}, false, 2},
		{"an error", fault.List{note, explain, notWhole()}, true, 1},
		{"a stop", fault.List{fault.New(fault.FileEmpty)}, true, 0},
		{"a code of a later version", fault.List{fault.New("V399")}, true, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.list.Blocks(); got != tt.blocks {
				t.Errorf("Blocks: got %v", got)
			}
			if got := len(tt.list.NeedExplaining()); got != tt.owed {
				t.Errorf("NeedExplaining: got %d", got)
			}
		})
	}
}

func TestGroup(t *testing.T) {
	var list fault.List
	for row := 9; row < 12; row++ {
		list = append(list, notWhole().At("Biểu 01", fmt.Sprintf("F%d", row)), notWhole().At("Biểu 01", fmt.Sprintf("G%d", row)))
	}
	list = append(list, notWhole().At("Biểu 01", "F99"))
	rule := fault.New(fault.RuleToExplain, fault.A("rule", "R7")).At("Biểu 01", "F9")
	list = append(list, rule, rule.With(fault.A("rule", "R8")))

	var got []string
	for _, g := range list.Group(4) {
		got = append(got, fmt.Sprintf("%d %s %s", len(g.Faults), g.Key, g.Faults[0].Cell))
	}
	want := []string{
		"4 V302/Biểu 01/F/Số lớp F9", "1 V302/Biểu 01/G/Số lớp G9", "1 V302/Biểu 01/G/Số lớp G10", "1 V302/Biểu 01/G/Số lớp G11",
		"1 R402/R7/Biểu 01/F F9", "1 R402/R8/Biểu 01/F F9",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Grouping loses no fault and doubles none, whatever the threshold.
func TestGroupKeepsEveryFault(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := fault.List(rapid.SliceOfN(anyFault(), 0, 12).Draw(t, "list"))
		threshold := rapid.IntRange(-1, 5).Draw(t, "threshold")
		var again fault.List
		for _, g := range list.Group(threshold) {
			if n := len(g.Faults); n != 1 && n < max(threshold, 2) {
				t.Fatalf("a group of %d under the threshold %d", n, threshold)
			}
			again = append(again, g.Faults...)
		}
		list.Sort()
		again.Sort()
		if diff := cmp.Diff(list, again, cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
	})
}
