namespace GroqKit.EndToEnd.Nodes;

/// <summary>Nodes that share PostgreSQL only.</summary>
public sealed class ClusterWithoutRedis() : Cluster(redis: false);
