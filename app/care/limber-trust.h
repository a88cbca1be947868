/* LimberTrust: whether the author of an entry that came from elsewhere had the right to write it, so far as this store knows (SYNC.md rule 20):
 * who she was when she wrote it, and at whose device. An entry's time is its writer's word.
 *
 * What speaks against an entry is a doubt: nothing is refused for it, it waits for a person, or until what it lacked is known. */
#pragma once

#include "limber-entry.h"
#include "limber-reader.h"
#include "limber-release.h"
#include "limber-role.h"

G_BEGIN_DECLS

#define LIMBER_DOUBT_UNKNOWN LIMBER_RELEASE_DOUBT "its author is not known"
#define LIMBER_DOUBT_LEFT LIMBER_RELEASE_DOUBT "its author had left"
#define LIMBER_DOUBT_ROLE LIMBER_RELEASE_DOUBT "not for its author's role"
#define LIMBER_DOUBT_SITE LIMBER_RELEASE_DOUBT "not at its author's site"
#define LIMBER_DOUBT_DEVICE LIMBER_RELEASE_DOUBT "not by whom it names, at such a device"

/**
 * LimberTrustOrigin:
 * @klass: of the device that wrote it
 * @site: (nullable): of that device
 * @received: when it came here, milliseconds UTC
 *
 * Where an entry comes from.
 */
typedef struct {
  LimberClass     klass;
  const LimberId *site;
  gint64          received;
} LimberTrustOrigin;

/* What is known of authors, read once and kept until it may be another. */
typedef struct _LimberTrust LimberTrust;

LimberTrust *limber_trust_new        (void);
void         limber_trust_free       (LimberTrust *trust);
void         limber_trust_forget     (LimberTrust *trust);
gboolean     limber_trust_hangs_on   (const char *kind);
const char  *limber_trust_doubt      (LimberTrust *trust, LimberReader *reader, const LimberEntry *entry, const LimberTrustOrigin *origin);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberTrust, limber_trust_free)

G_END_DECLS
