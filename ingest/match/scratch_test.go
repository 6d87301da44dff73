package match

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func TestScratch(t *testing.T) {
	for _, h := range habits {
		if h.name != "full name" && h.name != "some marks left out" && h.name != "run together" && h.name != "one letter wrong in ten" && h.name != "bare name" {
			continue
		}
		shown := 0
		for n, l := range trueLists() {
			if n%7 != 3 && h.name != "full name" {
				continue
			}
			r := rand.New(rand.NewPCG(seed, uint64(n)))
			labels := make([]string, len(l.units))
			for i, u := range l.units {
				labels[i] = h.write(u, r)
			}
			for i, p := range Places(labels, nil, l.day) {
				if !p.Sure() && shown < 40 {
					shown++
					fmt.Printf("%s|%s|%q is %s %s: %s %s conf=%d how=%d run=%s %s %d\n", h.name, l.kind, labels[i], l.units[i].Code, l.units[i].FullName(), p.Code, p.Name, p.Confidence, p.How, p.RunnerUp.Code, p.RunnerUp.Name, p.RunnerUp.Confidence)
				}
			}
		}
	}
}
