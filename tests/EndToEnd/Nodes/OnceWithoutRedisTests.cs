namespace GroqKit.EndToEnd.Nodes;

public sealed class OnceWithoutRedisTests(ClusterWithoutRedis cluster)
    : OnceTests(cluster),
        IClassFixture<ClusterWithoutRedis>;
