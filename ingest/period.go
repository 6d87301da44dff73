package ingest

import (
	"strings"

	"tonghop/ingest/sheet"
	"tonghop/ingest/viet"
	"tonghop/report/calendar"
	"tonghop/report/fault"
)

// checkPeriod asks why the words above a table name another period of the same
// kind than the one that is asked for: the file of last quarter is easily sent
// once more. asking keeps what is asked already: a title may stand over several
// tables.
func (r *reading) checkPeriod(m *mapped, asking map[*sheet.Cell]bool) {
	asked, err := r.env.Request.PeriodUnder(r.def)
	if err != nil || asked.Kind == calendar.Free {
		return
	}
	for _, row := range m.sheet.RowNumbers(1) {
		if row >= m.first {
			return
		}
		cells := m.sheet.Row(row)
		for i := range cells {
			if c := &cells[i]; c.Fate() != sheet.Unseen || asking[c] || !c.IsText() || !strings.ContainsAny(c.Text, "0123456789") {
				continue
			}
			said, ok := viet.TitlePeriod(cells[i].Text, asked.Calendar)
			if !ok || said.Kind != asked.Kind || said == asked {
				continue
			}
			asking[&cells[i]] = true
			r.find(fault.New(fault.PeriodDiffers, fault.A("got", clipped(cells[i].Text)),
				fault.Both("used", said.VI(), said.EN()), fault.Both("expected", asked.VI(), asked.EN())).At(m.sheet.Name, cells[i].Ref()))
			return
		}
	}
}
