/* LimberDigests: what a node has counted for its devices' groups, kept for as long as nothing changes. Any thread. */
#pragma once

#include "limber-feed.h"

G_BEGIN_DECLS

typedef struct _LimberDigests LimberDigests;

LimberDigests *limber_digests_new  (void);
void           limber_digests_free (LimberDigests *digests);
gboolean       limber_digests_take (LimberDigests *digests, LimberReader *reader, const LimberGroup *group, const LimberCommon *common, LimberDigest *digest, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberDigests, limber_digests_free)

G_END_DECLS
