package jet

// DontGroup makes a store send every write by itself.
func DontGroup(s *Store) {
	for _, w := range []*writer{s.eventWriter, s.fileWriter} {
		if w.group != nil {
			w.group.close()
			w.group = nil
		}
	}
}
