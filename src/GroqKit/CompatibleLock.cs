#if !NET9_0_OR_GREATER
// System.Threading.Lock came with .NET 9; a lock statement takes any object before.
global using Lock = System.Object;
#endif
