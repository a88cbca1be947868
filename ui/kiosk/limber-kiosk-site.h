/* LimberKioskSite: what the public screens need to know of the place where they stand. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

/* Zero it to begin. */
typedef struct {
  char    *name;      /* (owned) (nullable): until it is known */
  char    *languages; /* (owned) (nullable): codes, as a JSON array */
  gboolean has_code;  /* there is one for closing the screen */
} LimberKioskSite;

gboolean limber_kiosk_site_learn (LimberKioskSite *site, LimberStore *store);
void     limber_kiosk_site_clear (LimberKioskSite *site);

G_END_DECLS
