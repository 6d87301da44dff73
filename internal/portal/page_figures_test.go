package portal

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

var fileRE = regexp.MustCompile(`<a class="button" href="(/api/v1/[^"]*)"`)

// TestFiguresAsFiles follows the links of the page of figures to the same
// figures as files: they keep apart what the page keeps apart, are of its
// indicator and its moment, and official where the page is.
func TestFiguresAsFiles(t *testing.T) {
	w := newWorld(t).withExample()
	w.hand("", "syt", formOf("12"), true)
	if err := w.portal.Desk.Approve(t.Context(), local, theRequest, "syt", 0, ""); err != nil {
		t.Fatal(err)
	}
	w.clock.Set(time.Date(2021, 3, 22, 8, 0, 0, 0, vietnam))
	w.hand("", "sgddt", formOf("30"), true)

	for _, c := range []struct {
		page  string
		files string // parameters of the same figures
		part  string // a figure of 1.02
	}{
		{"", "by=agency", "30"},
		{"?by=place", "by=place", "42"},
		{"?by=place&official=true", "by=place&official=true", "12"},
		{"?by=both&indicator=1.02", "by=agency,place&indicator=1.02", "30"},
		{"?asOf=2021-03-21T09:00", "by=agency&asOf=2021-03-21T09:00", "12"},
		{"?by=both&indicator=1.02&official=true&asOf=2021-03-21T09:00", "by=agency,place&indicator=1.02&official=true&asOf=2021-03-21T09:00", "12"},
	} {
		t.Run(c.page, func(t *testing.T) {
			links := w.links("/so-lieu/"+theRequest+c.page, fileRE)
			if len(links) != 3 {
				t.Fatalf("the page links %d files: %q", len(links), links)
			}
			for _, link := range links {
				path, _, _ := strings.Cut(link, "?")
				files, _ := url.ParseQuery(c.files)
				if strings.HasSuffix(path, "/summary.xlsx") { // has all axes and indicators
					files.Del("by")
					files.Del("indicator")
				}
				_, got := w.do("GET", link, "", nil)
				_, want := w.do("GET", path+"?"+files.Encode(), "", nil)
				if string(got) != string(want) {
					t.Errorf("%s gives other figures than %s", link, files.Encode())
				}
				if strings.HasSuffix(path, "/rollup") {
					mustContain(t, string(got), `"value":"`+c.part+`"`)
				}
			}
		})
	}
}

// TestProvisionalIsSaid: whatever shows figures that are not official says so:
// names of files, and the page of one figure.
func TestProvisionalIsSaid(t *testing.T) {
	w := newWorld(t).withExample()
	w.hand("", "syt", formOf("12"), true)
	const root = "/api/v1/requests/" + theRequest
	for path, want := range map[string]string{
		"/rollup.csv":                 "so-lieu_" + theRequest + "_tam-tinh_2021-03-20.csv",
		"/rollup.xlsx":                "so-lieu_" + theRequest + "_tam-tinh_2021-03-20.xlsx",
		"/rollup.csv?official=true":   "so-lieu_" + theRequest + "_tam-tinh_da-duyet_2021-03-20.csv", // not all have been approved
		"/summary.xlsx?official=true": "_tam-tinh_",
	} {
		res, _ := w.do("GET", root+path, "", nil)
		mustContain(t, res.Header.Get("Content-Disposition"), want)
	}
	_, b := w.do("GET", root+"/explain?indicator=1.02", "", nil)
	mustContain(t, string(b), `"official":false`, `"provisional":true`)
	_, b = w.do("GET", root+"/explain?indicator=1.02&official=true", "", nil) // others wait
	mustContain(t, string(b), `"official":true`, `"provisional":true`)
	_, b = w.do("GET", "/so-lieu/"+theRequest+"/o?indicator=1.02&agency=syt", "", nil, "Accept", "text/html")
	mustContain(t, string(b), "TẠM TÍNH")
}

// TestAdjustedIsExplained: the page of a figure that was set by hand says by whom,
// to what and why, to readers of both languages.
func TestAdjustedIsExplained(t *testing.T) {
	w := newWorld(t).withExample()
	w.hand("", "syt", formOf("12"), true)
	const root = "/api/v1/requests/" + theRequest
	res, b := w.do("POST", root+"/returns/syt/adjust", "",
		jsonBody(`{"reason":"Bỏ một cuộc tính hai lần","figures":[{"place":"288","indicator":"1.02","value":"11"}]}`), "Content-Type", "application/json")
	if res.StatusCode != 200 {
		t.Fatalf("status %d: %s", res.StatusCode, b)
	}
	const page = "/so-lieu/" + theRequest + "/o?indicator=1.02&agency=syt"
	_, b = w.do("GET", page, "", nil, "Accept", "text/html")
	mustContain(t, string(b), "điều chỉnh", "12 → 11; Máy này, ", "Bỏ một cuộc tính hai lần")
	_, b = w.do("GET", page, "", nil, "Accept", "text/html", "Cookie", languageCookie+"=en")
	mustContain(t, string(b), "adjusted", "12 → 11; This machine, ")
	_, b = w.do("GET", root+"/explain?indicator=1.02&agency=syt", "", nil)
	mustContain(t, string(b), `"adjustments":[{"at":"`, `"old":"12","new":"11","reason":"Bỏ một cuộc tính hai lần"`)
}

// links gives the addresses of a page that match, as a browser reads them.
func (w *world) links(address string, re *regexp.Regexp) (out []string) {
	w.t.Helper()
	_, b := w.do("GET", address, "", nil, "Accept", "text/html")
	for _, m := range re.FindAllStringSubmatch(string(b), -1) {
		out = append(out, html.UnescapeString(m[1]))
	}
	return out
}

// TestFiguresRefused: a question that makes no sense is answered by the page with a notice.
func TestFiguresRefused(t *testing.T) {
	w := newWorld(t).withExample()
	w.hand("", "syt", formOf("12"), true)
	for _, q := range []string{"asOf=2020-01-01", "indicator=NOPE", "period=xx", "period=d09+2019-M01", "against=bogus", "map=xx", "map=2025-07-01&allocate=hand"} {
		res, b := w.do("GET", "/so-lieu/"+theRequest+"?"+q, "", nil)
		if res.StatusCode != 422 {
			t.Errorf("%s: status %d: %.300s", q, res.StatusCode, b)
		}
	}
}

// TestFiguresKeepTheirMap: the links of the page, and its form, are of the map and the weights
// by which it shows figures.
func TestFiguresKeepTheirMap(t *testing.T) {
	w := newWorld(t).withExample()
	w.hand("", "syt", formOf("12"), true)
	page := "/so-lieu/" + theRequest + "?by=place&indicator=1.02&map=2025-07-01&allocate=weights&weight=10525:3"
	for _, link := range w.links(page, fileRE) {
		q, _ := url.ParseQuery(html.UnescapeString(link[strings.Index(link, "?")+1:]))
		if q.Get("map") != "2025-07-01" || q.Get("allocate") != "weights" || q.Get("weight") != "10525:3" {
			t.Errorf("%s loses the map", link)
		}
	}
	_, b := w.do("GET", page, "", nil)
	mustContain(t, string(b), `name="weight" value="10525:3"`, `name="allocate" value="weights"`, `<option value="2025-07-01" selected>`)
}

// TestFiguresKeepTheirPeriod: a period that comes without its calendar is that of the request's,
// and the form says so.
func TestFiguresKeepTheirPeriod(t *testing.T) {
	w := newWorld(t).withExample()
	w.hand("", "syt", formOf("12"), true)
	_, b := w.do("GET", "/so-lieu/"+theRequest+"?period=2021", "", nil)
	mustContain(t, string(b), ` 2021" selected>`)
}

// TestFiguresFound: the page shows what is found, or ranked, one figure below the other, and its
// files are of the same rows.
func TestFiguresFound(t *testing.T) {
	w := newWorld(t).withExample()
	w.hand("", "syt", formOf("12"), true)
	w.hand("", "sgddt", formOf("30"), true)
	page := func(query string, language ...string) string {
		t.Helper()
		res, b := w.do("GET", "/so-lieu/"+theRequest+query, "", nil, language...)
		if res.StatusCode != 200 {
			t.Fatalf("%s: status %d: %.300s", query, res.StatusCode, b)
		}
		return string(b)
	}
	found := page("?search=so+y+te")
	mustContain(t, found, `value="so y te"`, "Sở Y tế", `<span class="code">1.02</span>`, "Tìm thấy ở")
	if strings.Contains(found, "Sở Giáo dục") && strings.Contains(found, ">30</a>") {
		t.Error("the page has rows of others")
	}
	english := []string{"Cookie", languageCookie + "=en"}
	mustContain(t, page("?search=so+y+te", english...), "Found in", "Figure")
	ranked := page("?indicator=1.02&top=1")
	mustContain(t, ranked, `<span class="code">1.</span>`, ">30</a>", "1 số liệu lớn nhất", "<code>1.02</code>: 1/2, 7 dòng không có số liệu để xếp", `name="top" min="1" max="500" value="1"`)
	mustContain(t, page("?indicator=1.02&top=1&least=true", english...), "the least figure;", ">12</a>", "rows with nothing to order by")
	both := page("?by=both&search=kinh+mon&top=2")
	mustContain(t, both, "Tìm thấy ở")
	for _, query := range []string{"?search=so+y+te", "?by=place&indicator=1.02&top=1&least=true"} {
		for _, link := range w.links("/so-lieu/"+theRequest+query, fileRE) {
			q, _ := url.ParseQuery(link[strings.Index(link, "?")+1:])
			want, _ := url.ParseQuery(query[1:])
			for _, name := range []string{"search", "top", "least", "indicator"} {
				if q.Get(name) != want.Get(name) {
					t.Errorf("%s: %s loses %s", query, link, name)
				}
			}
			if res, b := w.do("GET", link, "", nil); res.StatusCode != 200 {
				t.Errorf("%s: status %d: %.200s", link, res.StatusCode, b)
			}
		}
	}
	for _, query := range []string{"top=0", "top=x", "top=3&topBy=index", "top=3&indicator=3.01", "search=..."} {
		if res, b := w.do("GET", "/so-lieu/"+theRequest+"?"+query, "", nil); res.StatusCode != 422 {
			t.Errorf("%s: status %d: %.300s", query, res.StatusCode, b)
		}
	}
}

// TestFiguresBounded: the page says between what a total would lie, and its CSV does.
func TestFiguresBounded(t *testing.T) {
	w := newWorld(t).withExample()
	w.hand("", "syt", formOf("12"), true)
	_, b := w.do("GET", "/so-lieu/"+theRequest+"?bounds=true&indicator=1.02", "", nil)
	mustContain(t, string(b), `name="bounds" value="true" checked`, "nếu đủ: không rõ", "bounds=true")
	_, b = w.do("GET", "/api/v1/requests/"+theRequest+"/rollup.csv?by=&indicator=1.02&bounds=true", "", nil)
	mustContain(t, string(b), ",bounds_low,bounds_high,bounds_agencies,bounds_unknown\r\n", ",12,,1,9,true,12,12,0,8\r\n")
	res, b := w.do("GET", "/so-lieu/"+theRequest+"?bounds=true&map=2025-07-01", "", nil)
	if res.StatusCode != 422 {
		t.Errorf("bounds of another map: status %d: %.300s", res.StatusCode, b)
	}
}

// TestFiguresAgainstPlan: the page says that nothing is planned, and not that nothing was reached.
func TestFiguresAgainstPlan(t *testing.T) {
	w := newWorld(t).withExample()
	w.hand("", "syt", formOf("12"), true)
	_, b := w.do("GET", "/so-lieu/"+theRequest+"?against=plan&indicator=1.02", "", nil)
	mustContain(t, string(b), `<option value="plan" selected>kế hoạch`, "Biểu mẫu không ghi kế hoạch ở đâu.")
	_, b = w.do("GET", "/so-lieu/"+theRequest+"?against=plan&indicator=1.02", "", nil, "Cookie", languageCookie+"=en")
	mustContain(t, string(b), "The definition does not say where its plan is.")
}
