/** SQL for the first of `slug`, `slug-2`, `slug-3` ... that an owner does not have. Both are SQL, and `table` has them. */
export const freeSlugOf = (
  ownerId: string,
  slug: string,
  table: "assistants" | "datasets" = "assistants",
) => `(with recursive
  wanted(owner, slug) as materialized (select ${ownerId}, ${slug}),
  taken(n) as (
    select 1 from wanted w where exists (select 1 from ${table} where owner_id = w.owner and slug = w.slug)
    union all select n + 1 from taken cross join wanted w
      where exists (select 1 from ${table} where owner_id = w.owner and slug = w.slug || '-' || (n + 1)))
  select coalesce(w.slug || '-' || ((select max(n) from taken) + 1), w.slug) from wanted w)`;
