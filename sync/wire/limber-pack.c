#include "limber-pack.h"

#include <zstd.h>

#include "limber-error.h"

static GBytes *
refuse (GError **error, const char *why)
{
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "A body that cannot be read: %s", why);
  return NULL;
}

/**
 * limber_pack:
 * @text: what to pack
 *
 * Returns: (transfer full) (nullable): one zstd frame, its unpacked size in its header
 */
GBytes *
limber_pack (const char *text, gsize length, GError **error)
{
  gsize bound = ZSTD_compressBound (length), used;
  g_autofree char *packed = g_malloc (bound);

  used = ZSTD_compress (packed, bound, text, length, 1);
  if (ZSTD_isError (used))
    return refuse (error, ZSTD_getErrorName (used));
  return g_bytes_new_take (g_realloc (g_steal_pointer (&packed), used), used);
}

/* The size is read from the frame before any room is made for it; a frame that does not say is refused, and so is
 * whatever follows the first frame. */
static GBytes *
unpack_zstd (GBytes *body, gsize maximum, GError **error)
{
  gsize length, used, frame;
  const char *packed = g_bytes_get_data (body, &length);
  unsigned long long size = ZSTD_getFrameContentSize (packed, length);
  g_autofree char *text = NULL;

  if (size == ZSTD_CONTENTSIZE_ERROR)
    return refuse (error, "not zstd");
  if (size == ZSTD_CONTENTSIZE_UNKNOWN)
    return refuse (error, "it does not say how long it is");
  if (size > maximum)
    return refuse (error, "too long");
  frame = ZSTD_findFrameCompressedSize (packed, length);
  if (ZSTD_isError (frame) || frame != length)
    return refuse (error, "not one whole frame");
  text = g_malloc ((gsize) size + 1);
  used = ZSTD_decompress (text, (gsize) size, packed, length);
  if (ZSTD_isError (used) || used != size)
    return refuse (error, "damaged");
  text[used] = '\0';
  return g_bytes_new_take (g_steal_pointer (&text), used);
}

/* What comes out is counted as it comes; here too whatever follows is refused. */
static GBytes *
unpack_gzip (GBytes *body, gsize maximum, GError **error)
{
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GByteArray) text = g_byte_array_new ();
  gsize left, used, made;
  const char *at = g_bytes_get_data (body, &left);
  GConverterResult result;
  guint8 part[16384];

  do {
    result = g_converter_convert (converter, at, left, part, sizeof part, G_CONVERTER_INPUT_AT_END, &used, &made, NULL);
    if (result == G_CONVERTER_ERROR)
      return refuse (error, "not gzip");
    if (text->len + made > maximum)
      return refuse (error, "too long");
    g_byte_array_append (text, part, (guint) made);
    at += used;
    left -= used;
  } while (result != G_CONVERTER_FINISHED);
  if (left > 0)
    return refuse (error, "not one whole file");
  return g_byte_array_free_to_bytes (g_steal_pointer (&text));
}

/**
 * limber_unpack:
 * @encoding: (nullable): how it is packed: zstd, gzip, or not
 * @maximum: the most bytes that it may have, unpacked
 * @error: LIMBER_ERROR_FORMAT
 *
 * Returns: (transfer full) (nullable): @body unpacked
 */
GBytes *
limber_unpack (GBytes *body, const char *encoding, gsize maximum, GError **error)
{
  if (g_bytes_get_size (body) > maximum)
    return refuse (error, "too long");
  if (encoding == NULL || g_str_equal (encoding, "identity"))
    return g_bytes_ref (body);
  if (g_str_equal (encoding, "zstd"))
    return unpack_zstd (body, maximum, error);
  if (g_str_equal (encoding, "gzip"))
    return unpack_gzip (body, maximum, error);
  return refuse (error, "packed in a way that is not known here");
}
