package portal

import (
	"regexp"
	"strings"
	"testing"

	"tonghop/report/fault"
)

// TestUnknownParameters: every route refuses a parameter it does not declare,
// and says which it knows.
func TestUnknownParameters(t *testing.T) {
	w := newWorld(t).withExample()
	path := strings.NewReplacer("{request}", theRequest, "{agency}", "syt", "{upload}", "x", "{code}", "x", "{token}", "x")
	for _, r := range routes() {
		t.Run(r.id, func(t *testing.T) {
			p := w.problem(r.method, apiRoot+path.Replace(r.path)+"?offical=true", "", nil)
			if p.Status != 400 || p.Code != string(fault.ParameterUnknown) {
				t.Fatalf("got %d %s", p.Status, p.Code)
			}
			mustContain(t, p.VI, append(names(r.params), "offical")...)
		})
	}
	for _, query := range []string{"by=agency&Official=true", "official=true;asOf=2021-03-20", "asOf=%zz"} {
		if p := w.problem("GET", apiRoot+"/requests/"+theRequest+"/rollup?"+query, "", nil); p.Status != 400 {
			t.Errorf("%s: %d %s", query, p.Status, p.Code)
		}
	}
}

// TestMissingParameters: what is missing is said to be missing, and not to be
// something else.
func TestMissingParameters(t *testing.T) {
	w := newWorld(t).withExample()
	for _, path := range []string{"/explain", "/template.xlsx", "/schema.json"} {
		p := w.problem("GET", apiRoot+"/requests/"+theRequest+path, "", nil)
		if p.Status != 400 || p.Code != string(fault.ParameterMissing) || strings.Contains(p.VI+p.EN, "?") {
			t.Errorf("%s: %d %s %s %s", path, p.Status, p.Code, p.VI, p.EN)
		}
	}
}

var ownLinkRE = regexp.MustCompile(`(?:href|data-events)="(/api/v1/[^"]*[?][^"]*)"`)

// TestOwnParameters: the pages send none but what the API declares.
func TestOwnParameters(t *testing.T) {
	w := newWorld(t).withExample()
	seen := 0
	for _, page := range pagesOf(w.everything()...) {
		for _, link := range w.links(page, ownLinkRE) {
			if strings.Contains(link, "/events?") {
				link += "&lastEventId=none" // refused for that alone, instead of a stream
			}
			seen++
			if _, b := w.do("GET", link, "", nil); strings.Contains(string(b), `"A814"`) {
				t.Errorf("%s links %s: %s", page, link, b)
			}
		}
	}
	if seen < 10 {
		t.Errorf("only %d links were found", seen)
	}
}
