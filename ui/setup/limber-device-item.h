/* LimberDeviceItem: a computer or screen of the site, in words, as its node tells of it (limber_fleet_json()). */
#pragma once

#include <glib-object.h>
#include <jansson.h>

G_BEGIN_DECLS

/**
 * LimberDeviceState:
 * @LIMBER_DEVICE_IN_USE: all is well, or it needs somebody
 * @LIMBER_DEVICE_LEAVING: it is told to go, and has not yet
 * @LIMBER_DEVICE_SHUT_OUT: it is lost, or misbehaves
 * @LIMBER_DEVICE_GONE: it holds nothing any more
 */
typedef enum {
  LIMBER_DEVICE_IN_USE,
  LIMBER_DEVICE_LEAVING,
  LIMBER_DEVICE_SHUT_OUT,
  LIMBER_DEVICE_GONE,
} LimberDeviceState;

#define LIMBER_TYPE_DEVICE_ITEM (limber_device_item_get_type ())
G_DECLARE_FINAL_TYPE (LimberDeviceItem, limber_device_item, LIMBER, DEVICE_ITEM, GObject)

LimberDeviceItem *limber_device_item_new       (json_t *device, gint64 now, const char *own);
const char       *limber_device_item_get_id    (LimberDeviceItem *item);
const char       *limber_device_item_get_name  (LimberDeviceItem *item);
char             *limber_device_item_dup_words (LimberDeviceItem *item);
LimberDeviceState limber_device_item_get_state (LimberDeviceItem *item);
gboolean          limber_device_item_needs     (LimberDeviceItem *item);
gboolean          limber_device_item_is_fixed  (LimberDeviceItem *item);

G_END_DECLS
