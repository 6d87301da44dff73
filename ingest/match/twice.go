package match

// twice lowers what two different texts, or one text in a table that does not
// repeat its texts, were found to be: one of them is something else. The one
// that is spelt more closely stays.
func (r *ruling) twice(out []Place) {
	rows := map[string]*claims{} // by code
	repeated := 0
	for i, p := range out {
		if p.Sure() {
			c := rows[p.Code]
			if c == nil {
				c = &claims{rows: map[string]int{}}
				rows[p.Code] = c
			}
			c.add(r.labels[i].key, p.Confidence)
		}
		if !r.first[i] && r.counts(i) {
			repeated++
		}
	}
	long := repeated >= r.words // a table in long form: each place again for each year
	for i, p := range out {
		if !p.Sure() {
			continue
		}
		c := rows[p.Code]
		if key := r.labels[i].key; key != c.best || c.shared || !long && c.rows[key] > 1 {
			out[i].Confidence = min(p.Confidence, 850)
		}
	}
}

// claims is the texts that were found to be one unit.
type claims struct {
	rows   map[string]int // how many rows have the text
	best   string         // the text that is spelt most closely
	most   int            // its confidence
	shared bool           // another text has the same
}

func (c *claims) add(key string, sure int) {
	c.rows[key]++
	switch {
	case sure > c.most:
		c.best, c.most, c.shared = key, sure, false
	case sure == c.most && key != c.best:
		c.shared = true
	}
}
