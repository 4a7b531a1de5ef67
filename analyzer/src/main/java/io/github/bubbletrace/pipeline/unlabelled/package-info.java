/**
 * Finds the pipeline of traces whose ranges name no task: from kernels and transfers alone. In the order of the work:
 *
 * <ul>
 *   <li>{@code work}: {@code Operations} are the sends and receives. {@code join}: {@code NamedPeers}, {@code Neighbours}, {@code EqualEnds}, {@code
 *       PassedOn} and {@code Copies} join both sides of them ({@code Joining}); {@code EndSpread} is how close those end.
 *   <li>{@code silent}: where kernels do not say whether they send or receive, {@code SilentWays} lists the ways to find out: by the turns
 *       that stages take, whoever the other sides are ({@code StageRoles}, {@code RoleWays}, {@code MomentBalance}, {@code
 *       Moments}, and for what they leave {@code LongestSends} and {@code EqualIterations}; {@code
 *       StageTurns}, {@code AheadTurns} and {@code PairTurns} are the rules), by those of neighbours whose kernels may do both
 *       ({@code TurnWays}), or by what is computed around a transfer ({@code Directions}, {@code Sides}, {@code LinkPath});
 *       {@code SilentReader} wants all of them to agree.
 *   <li>{@code chain}: {@code GroupReader} takes each group of devices that exchange transfers for a chain ({@code StageChain}, {@code
 *       StageOrder}), {@code ChainForms} tries the forms that it may have.
 *   <li>{@code cut}: each form cuts kernels into tasks: {@code StageCutter} and what it calls for chains and rings, {@code FoldedCutter}
 *       for a V, {@code PairCutter} for a ring of two, {@code LoneStage} and {@code SeatedStages} where others are missing.
 *   <li>{@code ChainReader} numbers micro-batches, {@code ChainChecks} refuses what no pipeline does, {@code ChainSteps} says
 *       how sure each step is.
 *   <li>{@code Exchanges} are transfers that lie beside a pipeline. {@code Reached} are the steps above, by which a {@code
 *       Refusal} says how far its reading came: the furthest one speaks.
 * </ul>
 */
package io.github.bubbletrace.pipeline.unlabelled;
