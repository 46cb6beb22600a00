namespace GroqKit.EndToEnd.Nodes;

public sealed class NodesWithRedisTests(ClusterWithRedis cluster)
    : NodesTests(cluster),
        IClassFixture<ClusterWithRedis>;
