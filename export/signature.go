package export

import (
	"tonghop/internal/xlsx"
)

const (
	signatureRoom = 4 // rows for signature and seal
	blankDots     = "……………………"
)

// signatures writes who signs, at the right, and who receives, at the left. What
// a request does not name is left to be filled in by hand: a document without a
// place to sign is none. It gives the next free row.
func (p *paper) signatures(w *xlsx.Worksheet, row, middle, last int) int {
	strong := xlsx.Style{Size: 13, Bold: true, H: xlsx.Center}
	titles, name := p.signer()
	for i, text := range titles {
		across(w, row+i, middle+1, last, text, strong)
	}
	if name != "" {
		across(w, row+len(titles)+signatureRoom, middle+1, last, name, strong)
	}
	across(w, row, 1, middle, "Nơi nhận:", xlsx.Style{Size: 12, Bold: true, Italic: true})
	receivers := p.receivers()
	for i, text := range receivers {
		across(w, row+1+i, 1, middle, text, xlsx.Style{Size: 11})
	}
	end := row + max(1+len(receivers), len(titles)+signatureRoom+1)
	for ; row < end; row++ {
		w.Row(row, xlsx.Row{Height: lineHeight})
	}
	return end
}

// signer gives the lines above the signature, and the name below it; "" where
// the name is not known, or is stamped beside the seal.
func (p *paper) signer() (titles []string, name string) {
	sign := p.s.Request.Signature
	for _, text := range []string{sign.Authority, sign.Title} {
		if text != "" {
			titles = append(titles, upper(text))
		}
	}
	if len(titles) == 0 && sign.Name == "" {
		return []string{blankDots}, blankDots
	}
	return titles, sign.Name
}

// receivers gives the lines below "Nơi nhận:", by Decree 30/2020 at least whom it
// is addressed to and the archive.
func (p *paper) receivers() []string {
	if given := p.s.Request.Receivers; len(given) > 0 {
		return given
	}
	archive := "- Lưu: VT, …………"
	if p.s.Request.Recipient.VI == "" {
		return []string{archive}
	}
	return []string{"- Như trên;", archive}
}
