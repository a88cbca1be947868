/* Packing of bodies: zstd at level 1 out; zstd and gzip in, bounded before anything is allocated. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A request may be this long, unpacked; an answer, which only the own node gives, that long. */
#define LIMBER_PACK_MAXIMUM (1024 * 1024)
#define LIMBER_PACK_ANSWER (16 * 1024 * 1024)

GBytes *limber_pack   (const char *text, gsize length, GError **error);
GBytes *limber_unpack (GBytes *body, const char *encoding, gsize maximum, GError **error);

G_END_DECLS
