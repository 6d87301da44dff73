package main

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tonghop/aggregate"
	"tonghop/internal/portal/client"
)

// rollupFlags say which figures are wanted.
type rollupFlags struct {
	by, level, asOf string
	indicators      []string
	official, csv   bool
	bounds          bool
	windowFlags
	against []string

	search []string
	top    int
	topBy  string
	least  bool
}

// windowFlags say of which time figures are wanted.
type windowFlags struct {
	period, calendar string
	cumulative       bool
	mapOf, allocate  string
	weights          []string
}

func (f *windowFlags) declare(c *cobra.Command) {
	c.Flags().StringVar(&f.period, "period", "", "a period made of the requests within it: 2021-M04, 2021-Q2, 2021-H1, 2021-9M, 2021, 2021-03-15..2021-03-30 (default: the request's own)")
	c.Flags().StringVar(&f.calendar, "calendar", "", "calendar of the period: d09, civil, tt33-2016 (default: the request's)")
	c.Flags().BoolVar(&f.cumulative, "cumulative", false, "from the start of the year to the end of the period")
	c.Flags().StringVar(&f.mapOf, "map", "", "places under the map of this day, 2025-07-01 (default: of the figures' own days)")
	c.Flags().StringVar(&f.allocate, "allocate", "", "how what is divided between places is allocated: equal (default), population (as the register states it), weights")
	c.Flags().StringSliceVar(&f.weights, "weight", nil, "with --allocate weights: the weight of a place, 10525:3")
}

func (f *windowFlags) put(q url.Values) {
	if f.period != "" {
		q.Set("period", f.period)
	}
	if f.calendar != "" {
		q.Set("calendar", f.calendar)
	}
	if f.cumulative {
		q.Set("cumulative", "true")
	}
	for name, value := range map[string]string{"map": f.mapOf, "allocate": f.allocate} {
		if value != "" {
			q.Set(name, value)
		}
	}
	for _, w := range f.weights {
		q.Add("weight", w)
	}
}

func (f *rollupFlags) query() (url.Values, error) {
	q := url.Values{"by": {f.by}}
	if f.level != "" {
		q.Set("level", f.level)
	}
	if f.official {
		q.Set("official", "true")
	}
	for _, i := range f.indicators {
		q.Add("indicator", i)
	}
	f.put(q)
	for _, with := range f.against {
		q.Add("against", with)
	}
	if f.bounds {
		q.Set("bounds", "true")
	}
	for _, text := range f.search {
		q.Add("search", text)
	}
	if f.top != 0 {
		q.Set("top", strconv.Itoa(f.top))
	}
	if f.least {
		q.Set("least", "true")
	}
	if f.topBy != "" {
		q.Set("topBy", f.topBy)
	}
	if f.asOf != "" {
		t, err := parseMoment(f.asOf)
		if err != nil {
			return nil, err
		}
		q.Set("asOf", t.UTC().Format(time.RFC3339Nano))
	}
	return q, nil
}

// parseMoment reads a moment: RFC 3339, or a day or a minute in Vietnam; a day
// is its end.
func parseMoment(s string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	if t, err := time.ParseInLocation("2006-01-02 15:04", s, vietnam); err == nil {
		return t, nil
	}
	if t, err := time.ParseInLocation(time.DateOnly, s, vietnam); err == nil {
		return t.AddDate(0, 0, 1).Add(-time.Millisecond), nil
	}
	return time.Time{}, inputError{fmt.Errorf("thời điểm %q: ghi 2021-03-30, \"2021-03-30 17:00\" hoặc RFC 3339", s)}
}

func (p *program) rollup() *cobra.Command {
	var f rollupFlags
	c := &cobra.Command{
		Use:   "rollup REQUEST",
		Short: "Số tổng hợp (totals by agency, by place, by both)",
		Long: `rollup shows the figures of a request, added up as its definition says. --by names the axes that are kept:
agency, place, both (the default), or "" for the province's totals. A total says how many of how many were heard.

--period asks for another time than the request's own: a quarter of what is asked monthly, a year. The requests of the same
definition within it answer together, none of their days twice; figures roll over time as the definition says.
--map sees places under the map of another day: what was merged since is added up, what was divided is allocated and marked
as an estimate (≈), and the totals stay what they are.
--against puts the period before (previous), the same period a year earlier (last-year) or the plan (plan) beside each figure.
--search keeps the rows with these words in a name or code, marks not needed ("ha dong" finds Hà Đông); --top the rows with
the greatest figures of each indicator, or with --least the least, those alike included; who has no figure takes no place.`,
		Example: `  tonghop rollup ngay-ctxh-2021 --by agency
  tonghop rollup ngay-ctxh-2021 --by agency,place --json
  tonghop rollup ngay-ctxh-2021 --by place --indicator 2.03 --as-of 2021-03-28
  tonghop rollup ctxh-2021-04 --by agency --period 2021-Q2 --against last-year
  tonghop rollup ctxh-2021-04 --by "" --cumulative
  tonghop rollup ngay-ctxh-2021 --by place --search "gia loc"
  tonghop rollup ngay-ctxh-2021 --by agency -i 2.03 --top 3
  tonghop rollup ctxh-2021-04 --by place -i L1.2 --cumulative --against plan --top 10 --least --top-by plan.index`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			q, err := f.query()
			if err != nil {
				return err
			}
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				if f.csv && !p.json {
					return p.rollupCSV(ctx, cl, args[0], q)
				}
				var r aggregate.Rollup
				if err := cl.Get(ctx, "/requests/"+url.PathEscape(args[0])+"/rollup", q, &r); err != nil {
					return err
				}
				if p.json {
					return p.printJSON(r)
				}
				write, err := figuresOf(ctx, cl, args[0])
				if err != nil {
					return err
				}
				return p.showRollup(&r, write)
			})
		},
	}
	c.Flags().StringVar(&f.by, "by", "agency,place", `axes kept: agency, group, place, unit, joined by commas; "" for the totals over all`)
	c.Flags().StringVar(&f.level, "level", "", "level of places: district, commune, province")
	c.Flags().StringSliceVarP(&f.indicators, "indicator", "i", nil, "only these indicators")
	c.Flags().StringVar(&f.asOf, "as-of", "", "figures as they were known then")
	c.Flags().BoolVar(&f.official, "official", false, "approved submissions only")
	f.declare(c)
	c.Flags().StringSliceVar(&f.against, "against", nil, "compare with: previous, last-year, plan")
	c.Flags().StringArrayVar(&f.search, "search", nil, "only rows with these words in the name or code of agency, place or indicator, marks not needed; repeated: with all of them")
	c.Flags().IntVar(&f.top, "top", 0, "only so many rows with the greatest figures of each indicator")
	c.Flags().BoolVar(&f.least, "least", false, "with --top: the least instead of the greatest")
	c.Flags().StringVar(&f.topBy, "top-by", "", "with --top: order by what a comparison gives: plan.index, last-year.growth, previous.difference")
	c.Flags().BoolVar(&f.bounds, "bounds", false, "between what sums would lie had the missing reported as in their last 8 periods")
	c.Flags().BoolVar(&f.csv, "csv", false, "write CSV (UTF-8); without a period the same as export --format csv -o -")
	return c
}

func (p *program) showRollup(r *aggregate.Rollup, write figureWriter) error {
	w := table(p.out)
	heads := []string{"ĐƠN VỊ", "ĐỊA BÀN", "CHỈ TIÊU", "SỐ LIỆU"}
	if r.Ranked != nil {
		heads = slices.Insert(heads, 0, "HẠNG")
	}
	bounds := slices.ContainsFunc(r.Rows, func(row aggregate.Row) bool { return row.Bounds != nil })
	if bounds {
		heads = append(heads, "NẾU ĐỦ")
	}
	for _, b := range r.Bases {
		heads = append(heads, againstHeads[b.With]...)
	}
	fmt.Fprintln(w, strings.Join(append(heads, heardHead(r)), "\t"))
	for _, row := range r.Rows {
		fields := []string{whoseWords(row), deref(row.Place), row.Indicator, write.words(row.Indicator, row.Value, row.Mark) + estimateSign(row.Mark)}
		if r.Ranked != nil {
			fields = slices.Insert(fields, 0, strconv.Itoa(row.Rank))
		}
		if bounds {
			fields = append(fields, boundsWords(&row, write))
		}
		for _, b := range r.Bases {
			fields = append(fields, againstWords(&row, b.With, write)...)
		}
		heard := fmt.Sprintf("%d/%d", row.Heard, row.Asked)
		if row.Reports != nil {
			heard = fmt.Sprintf("%d/%d", row.Reports.Heard, row.Reports.Asked)
		}
		fmt.Fprintln(w, strings.Join(append(fields, heard), "\t"))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	p.sayOver(r.Over)
	p.sayMapped(r.Mapped)
	for i := range r.Bases {
		p.sayBase(&r.Bases[i])
	}
	p.sayFound(r.Found)
	p.sayRanked(r.Ranked)
	p.say("Đã nghe %d/%d đơn vị; còn thiếu: %s. Số liệu đến %s.%s", r.Heard, r.Asked, orNone(r.Missing), clock(r.AsOf), provisionalWords(r.Provisional))
	return nil
}

// boundsWords spells between what a sum would lie had those that are missing reported.
func boundsWords(row *aggregate.Row, write figureWriter) string {
	b := row.Bounds
	switch {
	case b == nil:
		return ""
	case b.Agencies == 0:
		return fmt.Sprintf("không rõ (%d chưa từng báo cáo)", b.Unknown)
	}
	words := write.words(row.Indicator, &b.Low, "") + "–" + write.words(row.Indicator, &b.High, "")
	if b.Unknown > 0 {
		words += fmt.Sprintf(" (chưa kể %d chưa từng báo cáo)", b.Unknown)
	}
	return words
}

// whoseWords names whose figure a row is: the agency or the group of agencies, and
// the unit where units are kept apart.
func whoseWords(row aggregate.Row) string {
	whose := deref(cmp.Or(row.Agency, row.Group))
	if row.Unit == nil {
		return whose
	}
	if whose == "" {
		return *row.Unit
	}
	return whose + " / " + *row.Unit
}

// rollupCSV writes the table that the API gives to other programs, as it comes.
func (p *program) rollupCSV(ctx context.Context, cl *client.Client, request string, q url.Values) error {
	answer, err := cl.Export(ctx, request, "rollup.csv", q)
	if err != nil {
		return err
	}
	return p.writeFile("-", answer)
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// oneLine cuts a narrative down to what fits a table on a terminal.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}

func orNone(names []string) string {
	if len(names) == 0 {
		return "không"
	}
	return strings.Join(names, ", ")
}
