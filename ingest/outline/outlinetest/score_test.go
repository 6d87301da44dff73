package outlinetest

import (
	"encoding/json"
	"testing"

	"tonghop/ingest/outline"
	"tonghop/report/fault"
)

// copyOf is a reading that may be spoilt.
func copyOf(t *testing.T, f outline.File) outline.File {
	t.Helper()
	b, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	var out outline.File
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestGoldScoresFull(t *testing.T) {
	all := Scores{}
	for seed := range uint64(200) {
		s := plan(seed).sample
		all.Add(Score(s, copyOf(t, s.Gold.File)))
	}
	for _, task := range AllTasks {
		if s := all[task]; !s.Perfect() || s.Gold == 0 {
			t.Errorf("%s: %d right of %d, %d answered: %v", task, s.Right, s.Gold, s.Got, s.Failures)
		}
	}
}

// TestReadingNothing: who says nothing is never wrong, and finds nothing.
func TestReadingNothing(t *testing.T) {
	nothing := func(name string, _ []byte) (outline.File, error) { return outline.File{File: name}, nil }
	all := Measure(nothing, 0, 20)
	for _, task := range AllTasks {
		if s := all[task]; s.Right != 0 {
			t.Errorf("%s: %d right", task, s.Right)
		}
	}
	if s := all[Tables]; s.Gold < 20 || s.Got != 0 || len(s.Failures) == 0 {
		t.Errorf("tables: %+v", s)
	}
}

// spoils are ways to be wrong, each with the tasks that it fails and no other.
var spoils = []struct {
	name  string
	tasks []Task
	spoil func(t *outline.Table, f *outline.File) bool // false where there is nothing to spoil
}{
	{"body too short", []Task{Tables}, func(t *outline.Table, _ *outline.File) bool { t.LastRow--; return true }},
	{"header row left out", []Task{HeaderRows}, func(t *outline.Table, _ *outline.File) bool { t.HeaderRows = t.HeaderRows[1:]; return true }},
	{"index row not seen", []Task{IndexRows}, func(t *outline.Table, _ *outline.File) bool {
		had := t.IndexRow != nil
		t.IndexRow = nil
		return had
	}},
	{"index row made up", []Task{IndexRows}, func(t *outline.Table, _ *outline.File) bool {
		had := t.IndexRow == nil
		t.IndexRow = ptr(t.FirstRow)
		return had
	}},
	{"name for a figure", []Task{ColumnRoles, Figures}, func(t *outline.Table, _ *outline.File) bool {
		for i := range t.Columns {
			if c := &t.Columns[i]; c.Role == outline.ColumnValue {
				c.Role = outline.ColumnName
				return true
			}
		}
		return false
	}},
	{"path shortened", []Task{ColumnPaths, Figures}, func(t *outline.Table, _ *outline.File) bool {
		for i := range t.Columns {
			if c := &t.Columns[i]; c.Role == outline.ColumnValue && len(c.Path) > 1 {
				c.Path = c.Path[1:]
				return true
			}
		}
		return false
	}},
	{"unit of a column not seen", []Task{ColumnUnits, Figures}, func(t *outline.Table, _ *outline.File) bool {
		for i := range t.Columns {
			if c := &t.Columns[i]; c.Unit != nil {
				c.Unit = nil
				return true
			}
		}
		return false
	}},
	{"total column with a part too few", []Task{ColumnSums}, func(t *outline.Table, _ *outline.File) bool {
		for i := range t.Columns {
			if c := &t.Columns[i]; len(c.SumOf) > 1 {
				c.SumOf = c.SumOf[1:]
				return true
			}
		}
		return false
	}},
	{"total column made up", []Task{ColumnSums}, func(t *outline.Table, _ *outline.File) bool {
		for i := range t.Columns {
			if c := &t.Columns[i]; c.Role == outline.ColumnValue && c.SumOf == nil && i > 2 {
				c.SumOf = []string{"A", "B"}
				return true
			}
		}
		return false
	}},
	{"column of another number", []Task{ColumnNames}, func(t *outline.Table, _ *outline.File) bool {
		had := t.Columns[0].Index != nil
		t.Columns[0].Index = ptr("77")
		return had
	}},
	{"technical name not seen", []Task{ColumnNames}, func(t *outline.Table, _ *outline.File) bool {
		for i := range t.Columns {
			if c := &t.Columns[i]; c.Code != nil {
				c.Code = nil
				return true
			}
		}
		return false
	}},
	{"number of a row", []Task{RowNumbers}, func(t *outline.Table, _ *outline.File) bool {
		for i := range t.Rows {
			if r := &t.Rows[i]; r.Number != nil {
				r.Number = nil
				return true
			}
		}
		return false
	}},
	{"role of a row", []Task{RowRoles, Figures}, spoilRow(func(r *outline.Row) { r.Role = outline.RowNote })},
	{"name of a row", []Task{RowNames, Figures}, spoilRow(func(r *outline.Row) { r.Name = ptr("Người lập biểu") })},
	{"code of a row", []Task{RowCodes}, spoilRow(func(r *outline.Row) { r.Code = ptr("999x") })},
	{"place of a row", []Task{Places, Figures}, spoilRow(func(r *outline.Row) { r.Place = ptr("999x") })},
	{"sum of a row made up", []Task{RowSums}, spoilRow(func(r *outline.Row) { r.SumOf = []int{1, 2} })},
	{"total row with a part too few", []Task{RowSums}, func(t *outline.Table, _ *outline.File) bool {
		for i := range t.Rows {
			if r := &t.Rows[i]; len(r.SumOf) > 1 {
				r.SumOf = r.SumOf[:len(r.SumOf)-1]
				return true
			}
		}
		return false
	}},
	{"level too deep", []Task{RowLevels}, func(t *outline.Table, _ *outline.File) bool {
		for i := range t.Rows {
			if r := &t.Rows[i]; r.Level != nil {
				*r.Level += 3
				return true
			}
		}
		return false
	}},
	{"unit not seen", []Task{Units, Figures}, func(t *outline.Table, _ *outline.File) bool {
		had := t.Unit != nil
		t.Unit, t.UnitCell = nil, nil
		return had
	}},
	{"unit in another cell", []Task{Units}, func(t *outline.Table, _ *outline.File) bool {
		had := t.Unit != nil
		t.UnitCell = ptr("Z99")
		return had
	}},
	{"a cell twice", []Task{Cells}, func(_ *outline.Table, f *outline.File) bool { f.Counts.Used++; return true }},
	{"title not left out", []Task{Excluded}, func(_ *outline.Table, f *outline.File) bool {
		for i := range f.Sheets {
			if n := len(f.Sheets[i].Excluded); n > 0 {
				f.Sheets[i].Excluded = f.Sheets[i].Excluded[:n-1]
				return true
			}
		}
		return false
	}},
	{"body left out", []Task{Excluded}, func(t *outline.Table, f *outline.File) bool {
		for i := range f.Sheets {
			if len(f.Sheets[i].Tables) > 0 {
				cell := f.Sheets[i].Tables[0].Columns[0].Column + number(&t.LastRow)
				f.Sheets[i].Excluded = append(f.Sheets[i].Excluded, outline.Exclusion{Range: cell, Reason: "words"})
				return true
			}
		}
		return false
	}},
	{"difference wrong", []Task{BrokenSums}, func(_ *outline.Table, f *outline.File) bool {
		if len(f.Findings) == 0 {
			return false
		}
		f.Findings[0] = f.Findings[0].With(fault.A("diff", "0.125"))
		return true
	}},
	{"broken total made up", []Task{BrokenSums}, func(_ *outline.Table, f *outline.File) bool {
		f.Findings = append(f.Findings, fault.New(fault.TotalRowDiffers, fault.A("diff", "1")).At(f.Sheets[0].Name, "Z99"))
		return f.Sheets[0].State == "visible"
	}},
}

// spoilRow spoils a row of figures that is no sum.
func spoilRow(how func(*outline.Row)) func(*outline.Table, *outline.File) bool {
	return func(t *outline.Table, _ *outline.File) bool {
		for i := range t.Rows {
			if r := &t.Rows[i]; r.Role == outline.RowData && r.Code == nil && r.Place == nil && r.SumOf == nil {
				how(r)
				return true
			}
		}
		return false
	}
}

func TestEachMistakeFailsItsTask(t *testing.T) {
	for _, c := range spoils {
		t.Run(c.name, func(t *testing.T) {
			for seed := range uint64(300) {
				s := plan(seed).sample
				got := copyOf(t, s.Gold.File)
				table := firstTable(&got)
				if table == nil || !c.spoil(table, &got) {
					continue
				}
				scores := Score(s, got)
				failed := map[Task]bool{}
				for _, task := range AllTasks {
					failed[task] = !scores[task].Perfect()
				}
				for _, task := range c.tasks {
					if !failed[task] {
						t.Fatalf("seed %d: %s does not notice", seed, task)
					}
					if task != Figures && len(scores[task].Failures) == 0 {
						t.Fatalf("seed %d: %s does not say what failed", seed, task)
					}
					delete(failed, task)
				}
				for task, wrong := range failed {
					if wrong {
						t.Fatalf("seed %d: %s fails too: %v", seed, task, scores[task].Failures)
					}
				}
				return
			}
			t.Fatal("no sample to spoil")
		})
	}
}

// TestOpenIsNotWrong: what is left open lowers how much is found, and not how
// much of it is right.
func TestOpenIsNotWrong(t *testing.T) {
	s := plan(2).sample
	got := copyOf(t, s.Gold.File)
	table := firstTable(&got)
	for i := range table.Rows {
		if table.Rows[i].Role == outline.RowData {
			table.Rows[i].Name = nil
		}
	}
	f := Score(s, got)[Figures]
	if f.Got != f.Right || f.Right >= f.Gold {
		t.Errorf("%d right of %d, %d answered", f.Right, f.Gold, f.Got)
	}
	for i := range table.Rows {
		if table.Rows[i].Role == outline.RowData {
			table.Rows[i].Name = ptr("Người lập biểu")
		}
	}
	if f := Score(s, got)[Figures]; f.Got <= f.Right {
		t.Errorf("a wrong name counts as open: %d right, %d answered", f.Right, f.Got)
	}
}

func firstTable(f *outline.File) *outline.Table {
	for i := range f.Sheets {
		if len(f.Sheets[i].Tables) > 0 {
			return &f.Sheets[i].Tables[0]
		}
	}
	return nil
}

// TestOtherRightAnswers: where a person would take either, either scores full.
func TestOtherRightAnswers(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(t *outline.Table, x GoldTable) bool
	}{
		{"flat rows on level 1", func(t *outline.Table, x GoldTable) bool {
			for i := range t.Rows {
				if t.Rows[i].Level != nil || x.Rows[i].LevelFree && t.Rows[i].Role != outline.RowTotal {
					return false
				}
				t.Rows[i].Level = ptr(1)
			}
			return true
		}},
		{"all levels below the sum of all", func(t *outline.Table, x GoldTable) bool {
			for i := range t.Rows {
				if t.Rows[i].Level != nil {
					*t.Rows[i].Level++
				}
			}
			return x.Raised
		}},
		{"a sum of sums as the sum of their parts", func(t *outline.Table, _ GoldTable) bool {
			parts := map[int][]int{}
			for _, r := range t.Rows {
				parts[r.Row] = r.SumOf
			}
			done := false
			for i := range t.Rows {
				var leaves []int
				for _, n := range t.Rows[i].SumOf {
					if parts[n] == nil {
						leaves = append(leaves, n)
						continue
					}
					leaves, done = append(leaves, parts[n]...), true
				}
				t.Rows[i].SumOf = leaves
			}
			return done
		}},
		{"a repeated header among the rows", func(t *outline.Table, x GoldTable) bool {
			for _, n := range x.Repeated {
				t.Rows = append(t.Rows, outline.Row{Row: n, Role: outline.RowNote})
			}
			return len(x.Repeated) > 0
		}},
		{"names without their numbers", func(t *outline.Table, x GoldTable) bool {
			done := false
			for i := range t.Rows {
				if n := len(x.Rows[i].Names); n > 1 && x.Rows[i].Names[1] != *t.Rows[i].Name {
					t.Rows[i].Name, done = ptr(x.Rows[i].Names[1]), true
				}
			}
			return done
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for seed := range uint64(300) {
				s := plan(seed).sample
				got := copyOf(t, s.Gold.File)
				table := firstTable(&got)
				if table == nil {
					continue
				}
				var x GoldTable
				for _, g := range s.Gold.Sheets {
					if len(g.Tables) > 0 {
						x = g.Tables[0]
						break
					}
				}
				if !c.change(table, x) {
					continue
				}
				scores := Score(s, got)
				for _, task := range AllTasks {
					if !scores[task].Perfect() {
						t.Fatalf("seed %d: %s fails: %v", seed, task, scores[task].Failures)
					}
				}
				return
			}
			t.Fatal("no sample has it")
		})
	}
}
