/* LimberCredential: central's word that a device is a site's hub, which the devices of the site can check without asking
 * anybody: they know central's key. So a hub that died is replaced also where there is no internet. */
#pragma once

#include <jansson.h>

#include "limber-id.h"

G_BEGIN_DECLS

typedef struct {
  LimberId site;
  LimberId node;
  guint8   key[32]; /* the hub's Ed25519 public key */
  gint64   generation; /* a later one counts more */
} LimberCredential;

json_t  *limber_credential_sign (const LimberCredential *credential, const guint8 central_secret_key[64]);
gboolean limber_credential_read (LimberCredential *credential, const json_t *json, const guint8 central_key[32]);

G_END_DECLS
