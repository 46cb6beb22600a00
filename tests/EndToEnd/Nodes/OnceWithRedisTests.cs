namespace GroqKit.EndToEnd.Nodes;

public sealed class OnceWithRedisTests(ClusterWithRedis cluster) : OnceTests(cluster), IClassFixture<ClusterWithRedis>;
