package codec

import (
	"errors"
	"maps"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"
)

// A dictionary holds each text of a column once, sorted; the column holds their
// places in it.

// dictionaryBuilder numbers the texts of a column as they come.
type dictionaryBuilder struct {
	at    map[string]uint64
	refs  []uint64 // one for each fact, in order of appearance until finished
	last  string   // texts of neighbouring facts are mostly the same
	lastN uint64
}

func newDictionaryBuilder(facts int) *dictionaryBuilder {
	return &dictionaryBuilder{at: map[string]uint64{}, refs: make([]uint64, 0, facts)}
}

func (d *dictionaryBuilder) add(s string) {
	if s != d.last || len(d.refs) == 0 {
		n, known := d.at[s]
		if !known {
			n = uint64(len(d.at))
			d.at[s] = n
		}
		d.last, d.lastN = s, n
	}
	d.refs = append(d.refs, d.lastN)
}

// finish sorts the dictionary and gives it; refs then hold places in it.
func (d *dictionaryBuilder) finish() []string {
	texts := slices.Sorted(maps.Keys(d.at))
	place := make([]uint64, len(texts))
	for i, s := range texts {
		place[d.at[s]] = uint64(i)
	}
	for i, n := range d.refs {
		d.refs[i] = place[n]
	}
	return texts
}

// differences turns numbers into the zigzag differences of neighbours.
func differences(values []uint64) []uint64 {
	var last uint64
	for i, v := range values {
		values[i] = protowire.EncodeZigZag(int64(v) - int64(last))
		last = v
	}
	return values
}

// Errors of a dictionary.
var (
	errDictionaryOrder = errors.New("dictionary is out of order")
	errDictionaryIdle  = errors.New("dictionary holds a text that no fact uses")
	errDictionaryEmpty = errors.New("dictionary is missing")
)

// dictionary is a decoded one. Its texts share one piece of memory, and facts
// share its texts.
type dictionary struct {
	texts []string
	used  []bool
	idle  int // texts not used yet
}

func readDictionary(b []byte, facts int) (dictionary, error) {
	var d dictionary
	all := string(b)
	c := newColumnReader(b)
	for len(c.b) > 0 && c.err == nil && len(d.texts) <= facts {
		s := c.text()
		end := len(all) - len(c.b)
		text := all[end-len(s) : end]
		if n := len(d.texts); n > 0 && d.texts[n-1] >= text {
			return d, errDictionaryOrder
		}
		d.texts = append(d.texts, text)
	}
	if err := c.close(); err != nil {
		return d, err
	}
	if len(d.texts) == 0 {
		return d, errDictionaryEmpty
	}
	d.used, d.idle = make([]bool, len(d.texts)), len(d.texts)
	return d, nil
}

// get gives the i-th text; i is within the dictionary.
func (d *dictionary) get(i int) string {
	if !d.used[i] {
		d.used[i] = true
		d.idle--
	}
	return d.texts[i]
}

// close tells whether the dictionary was more than needed.
func (d *dictionary) close() error {
	if d.idle > 0 {
		return errDictionaryIdle
	}
	return nil
}
