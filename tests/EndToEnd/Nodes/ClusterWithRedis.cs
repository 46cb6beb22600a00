namespace GroqKit.EndToEnd.Nodes;

/// <summary>Nodes that share PostgreSQL and Redis.</summary>
public sealed class ClusterWithRedis() : Cluster(redis: true);
