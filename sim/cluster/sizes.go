package cluster

import "fmt"

// The most topics and partitions of a cluster. A topic's number is a byte, and Kafka's own topics take some; so many
// partitions take seconds to form.
const (
	mostTopics     = 250
	mostPartitions = 2000
)

// tooLarge tells what of a configuration is more than a world can be made of.
func tooLarge(c *Config) Problems {
	all := 0
	for i := range c.Topics {
		path := fmt.Sprintf("cluster.topics[%d]", i)
		if all += c.Topics[i].Partitions; all > mostPartitions {
			return Problems{{path, fmt.Sprintf("more than %d partitions, with those of the topics before", mostPartitions)}}
		}
		if i == mostTopics {
			return Problems{{path, fmt.Sprintf("%d topics are too many: at most %d", len(c.Topics), mostTopics)}}
		}
	}
	return nil
}
