package timeline

// Remember makes a tree keep no more than this.
func (t *Tree) Remember(all, room int) { t.memory.all, t.memory.room = all, room }
