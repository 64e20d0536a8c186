/** The embeddings of document `n` have the ids from `n << 20` on, and so have the passages of row `n` of a library. */
export const bitsOfPosition = 20;
export const mostEmbeddings = 2 ** bitsOfPosition;

/** SQL for the ids of what has this number. */
export const idsOf = (id: string, number: string): string =>
  `${id} >= ${number} << ${bitsOfPosition} and ${id} < (${number} + 1) << ${bitsOfPosition}`;

/** SQL for the number to which an id belongs, and for its place there. */
export const numberOf = (id: string): string => `(${id} >> ${bitsOfPosition})`;
export const positionOf = (id: string): string => `(${id} & ${mostEmbeddings - 1})`;
