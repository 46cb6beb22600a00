namespace GroqKit.EndToEnd.Nodes;

public sealed class NodesWithoutRedisTests(ClusterWithoutRedis cluster)
    : NodesTests(cluster),
        IClassFixture<ClusterWithoutRedis>;
